using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>A ban and what it forbids, at the same moment.</summary>
public sealed class RaceTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task Nobody_slips_into_the_server_while_being_banned()
    {
        await using var server = await ChatServer.StartAsync();
        var (chat, moderation) = (server.Services.GetRequiredService<ChatService>(), server.Services.GetRequiredService<ModerationService>());
        var order = Ban(channel: null);
        for (var i = 0; i < Rounds; i++)
        {
            ChatSession? session = null;
            var ban = await BesidesAsync(moderation, order, async () => session = await chat.SignInAsync(order.Name!, Origin.Web, address: null, CancellationToken.None));
            Assert.True(session is null or { HasEnded: true });
            Assert.Empty(chat.Sessions);
            Assert.True(await moderation.LiftAsync(SanctionKind.Ban, ban.Id, Actor.Server));
        }
    }

    [Fact]
    public async Task Nobody_slips_into_a_channel_while_being_banned_from_it()
    {
        await using var server = await ChatServer.StartAsync("Limits:JoinsPerMinute=1000000", "Limits:JoinBurst=1000");
        var (chat, moderation) = (server.Services.GetRequiredService<ChatService>(), server.Services.GetRequiredService<ModerationService>());
        var order = Ban("@dev");
        var session = await chat.SignInAsync(order.Name!, Origin.Web, address: null, CancellationToken.None);
        for (var i = 0; i < Rounds; i++)
        {
            var ban = await BesidesAsync(moderation, order, () => chat.JoinAsync(session, order.Channel!, CancellationToken.None));
            Assert.Empty(session.Channels);
            Assert.True(await moderation.LiftAsync(SanctionKind.Ban, ban.Id, Actor.Server));
        }
        await chat.JoinAsync(session, order.Channel!, CancellationToken.None);
    }

    private static async Task<ChatSanction> BesidesAsync(ModerationService moderation, SanctionOrder order, Func<Task> forbidden)
    {
        using var both = new Barrier(2);
        var banning = Task.Run(() =>
        {
            both.SignalAndWait();
            return moderation.ImposeAsync(order, Actor.Server);
        }, TestContext.Current.CancellationToken);
        both.SignalAndWait();
        try
        {
            await forbidden();
        }
        catch (ChatRefusedException refused) when (refused.Code == ErrorCodes.Banned)
        {
            // The ban was first.
        }
        return await banning;
    }

    private static SanctionOrder Ban(string? channel) => SanctionOrder.Read(SanctionKind.Ban, "troll", network: null, channel, "spam", until: null, minutes: null, Drafts.Noon);
}
