using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Integration.Tests.Hub;

/// <summary>What the members of a channel may know of each other.</summary>
public sealed class ProfileTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_a_native_member_tells_since_when_how_and_when_it_asked(bool tls)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var began = server.Clock!.GetUtcNow();
        await using var native = await RawKaiClient.SignInAsync(server.Native, "natalie", "@room", tls: tls ? RawKaiClient.AnyCertificate() : null);
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        await native.PollAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna");
        var natalie = (await anna.JoinAsync("@room")).Members.Single(member => member.Username == "natalie");
        Assert.Equal(new MemberProfile(began, tls, began.AddSeconds(3)), await anna.ProfileAsync("@room", natalie.Id));
    }

    [Fact]
    public async Task Of_a_browser_tells_since_when_and_nothing_of_where()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        var began = server.Clock!.GetUtcNow();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        Assert.Equal(new MemberProfile(began, Tls: null, LastPollAt: null), await anna.ProfileAsync("room", ben.Session.SessionId));
        var answer = await anna.InvokeAsync(nameof(IChatHub.Profile), "@room", ben.Session.SessionId);
        Assert.Equal(["since", "tls", "lastPollAt"], answer.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task Is_for_those_who_are_in_the_channel_and_of_those()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await WebUser.SignInAsync(server, "ben", "@other");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await ExpectAsync("not-a-member", "@other", ben.Session.SessionId);
        await ExpectAsync("not-found", "@room", ben.Session.SessionId);
        await ExpectAsync("not-found", "@room", "no id");
        await ExpectAsync("not-found", "@room", null);
        await ExpectAsync("channel-invalid", null, ben.Session.SessionId);
        await ben.JoinAsync("@room");
        Assert.NotEqual(default, (await anna.ProfileAsync("@room", ben.Session.SessionId)).Since);
        await ben.LeaveAsync("@room");
        await ExpectAsync("not-found", "@room", ben.Session.SessionId);

        async Task ExpectAsync(string code, string? channel, string? id)
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => anna.InvokeAsync(nameof(IChatHub.Profile), channel, id));
            Assert.Contains($"HubException: {code}: ", refused.Message, StringComparison.Ordinal);
        }
    }
}
