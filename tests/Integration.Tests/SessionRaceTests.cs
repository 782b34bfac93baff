using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests;

public sealed class SessionRaceTests
{
    [Fact]
    public async Task A_sign_in_that_is_given_up_leaves_nothing_behind()
    {
        await using var server = await ChatServer.StartAsync();
        var chat = server.Services.GetRequiredService<ChatService>();
        Assert.True(Username.TryParse("anna", out var name, out _));
        // One that comes back, as from before a restart: how far it had read is still to be looked up.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => chat.SignInAsync(name, Origin.Web, address: null, new CancellationToken(canceled: true), SessionId.New()));
        Assert.Empty(chat.Sessions);
        await using var anna = await WebUser.SignInAsync(server, "anna");
    }

    [Fact]
    public async Task A_session_that_is_brought_back_while_it_ends_has_its_name_or_has_ended()
    {
        await using var server = await ChatServer.StartAsync();
        var chat = server.Services.GetRequiredService<ChatService>();
        Assert.True(Username.TryParse("anna", out var name, out _));
        for (var i = 0; i < 1_000; i++)
        {
            var session = await chat.SignInAsync(name, Origin.Web, address: null, CancellationToken.None);
            using var both = new Barrier(2);
            var ending = Task.Run(() =>
            {
                both.SignalAndWait();
                return chat.EndAsync(session);
            }, TestContext.Current.CancellationToken);
            both.SignalAndWait();
            var back = await chat.SignInAsync(name, Origin.Web, address: null, CancellationToken.None, session.Id);
            await ending;
            if (back != session)
            {
                Assert.False(back.HasEnded);
                await Assert.ThrowsAsync<ChatRefusedException>(() => chat.SignInAsync(name, Origin.Web, address: null, CancellationToken.None));
            }
            await chat.EndAsync(back);
            Assert.Empty(chat.Sessions);
        }
    }
}
