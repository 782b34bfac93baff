using KaiChat.Server.Cluster;
using KaiChat.Server.Connections;
using KaiChat.Server.Diagnostics;
using KaiChat.Server.Hosting;

namespace KaiChat.Server.Chat;

/// <summary>The core as one part of the server, with the seams of a single node.</summary>
internal static class ChatServiceExtensions
{
    public static void AddChat(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<LimitsOptions>(LimitsOptions.Section);
        var services = builder.Services;
        services.AddSingleton<IChatBus, InProcessChatBus>();
        services.AddSingleton<IPresence, InProcessPresence>();
        services.AddSingleton<ChannelDirectory>();
        services.AddSingleton<ChatService>();
        services.AddSingleton<ChatMetrics>();
        services.AddSingleton<ConnectionMetrics>();
        services.AddSingleton<ConnectionRegistry>();
        services.AddHostedService<ChatBackgroundService>();
    }
}
