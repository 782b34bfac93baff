using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Chat.Retention;
using KaiChat.Server.Chat.Search;
using KaiChat.Server.Cluster;
using KaiChat.Server.Connections;
using KaiChat.Server.Diagnostics;
using KaiChat.Server.Hosting;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat;

/// <summary>The core as one part of the server, with the seams of a single node.</summary>
internal static class ChatServiceExtensions
{
    public static void AddChat(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<LimitsOptions>(LimitsOptions.Section);
        builder.AddCheckedOptions<RetentionOptions>(RetentionOptions.Section);
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionRulesCheck>();
        services.AddSingleton<IChatBus, InProcessChatBus>();
        services.AddSingleton<IPresence, InProcessPresence>();
        services.AddSingleton<SettledChannels>();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<ChannelKeeper>();
        services.AddSingleton<ReadState>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadState>());
        services.AddSingleton<ChatSearch>();
        services.AddSingleton<ChatService>();
        services.AddSingleton<ChatMetrics>();
        services.AddSingleton<ConnectionMetrics>();
        services.AddSingleton<ConnectionRegistry>();
        services.AddSingleton<AddressLimit>();
        services.AddHostedService<ChatBackgroundService>();
        services.AddSingleton<MessageRemoval>();
        services.AddSingleton<ChannelPurge>();
        services.AddSingleton<SanctionBook>();
        services.AddSingleton<ModerationRules>();
        services.AddSingleton<ModerationService>();
        services.AddSingleton<RaidControl>();
        services.AddSingleton<Operators>();
        services.AddSingleton<NoticeService>();
        services.AddSingleton<NoticeSchedule>();
        services.AddHostedService<ModerationStart>();
        services.AddSingleton<RetentionService>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionService>());
    }
}
