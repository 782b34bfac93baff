using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>Bans, over every door.</summary>
public sealed class BanTests
{
    /// <summary>PROXY protocol v2: the client is 203.0.113.5.</summary>
    private static readonly byte[] Proxied =
        [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x11, 0, 12, 203, 0, 113, 5, 10, 0, 0, 1, 0x30, 0x39, 0x72, 0x10];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_native_user_hears_who_why_and_until_when_and_is_kept_out(bool tls)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var troll = await RawKaiClient.SignInAsync(server.Native, "Troll", "@dev", tls: tls ? RawKaiClient.AnyCertificate() : null);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");

        await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "tROLL", reason = "späm", minutes = 140 });

        const string Sentence = $"You are banned from this server by {Desk.Name} until 2026-03-01 14:20 UTC. Reason: spam.";
        Assert.Equal(Sentence, await troll.LastWordAsync());
        await server.ExpectEndAsync("Banned");
        await ben.WaitForAsync<(string, string)>(nameof(IChatClient.MemberLeft));

        await using var again = await RawKaiClient.SignInAsync(server.Native, "troll", "@dev");
        Assert.Equal(Sentence, await again.AskWhyAsync());
        await server.ExpectEndAsync("Banned", 2);
        var (status, text) = await server.TrySignInAsync("TROLL");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("\"banned\"", text, StringComparison.Ordinal);

        server.Clock!.Advance(TimeSpan.FromMinutes(140));
        await using var after = await RawKaiClient.SignInAsync(server.Native, "troll", "@dev");
        Assert.Empty(await after.PollNoticesAsync());
        Assert.Empty((await desk.GetAsync<Page<Sanction>>("/api/v1/bans")).Items);
    }

    [Fact]
    public async Task A_browsers_session_ends_in_all_tabs_and_its_token_is_worth_nothing_even_after_a_restart_and_the_bans_end()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var tab = await WebUser.SignInAsync(server, "troll", "@dev");
        await using var other = await WebUser.ConnectAsync(server, tab.Session);
        await other.JoinAsync("@dev");

        var ban = await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });

        const string Sentence = $"You are banned from this server by {Desk.Name} until it is lifted. Reason: spam.";
        Assert.Equal(Sentence, await tab.WaitForAsync<string>(nameof(IChatClient.SessionEnded)));
        Assert.Equal(Sentence, await other.WaitForAsync<string>(nameof(IChatClient.SessionEnded)));
        await server.ExpectEndAsync("Banned", 2);

        await server.RestartAsync();

        using var after = new Operator(server);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.TrySignInAsync("Troll")).Status);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "troll", "@dev");
        Assert.Equal(Sentence, await native.AskWhyAsync());
        Assert.Equal(HttpStatusCode.NoContent, await after.DeleteAsync($"/api/v1/bans/{ban.Id}"));
        Assert.Equal(HttpStatusCode.NoContent, await after.DeleteAsync($"/api/v1/bans/{ban.Id}"));
        await using var refused = await WebUser.ConnectAsync(server, tab.Session);
        await refused.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
        Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("troll")).Status);
    }

    [Fact]
    public async Task Who_was_away_when_banned_does_not_come_back()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var tab = await WebUser.SignInAsync(server, "troll", "@dev");
        // Over a restart, so that nobody knows any address of it and no session stands between.
        await server.RestartAsync();
        server.Clock!.Advance(TimeSpan.FromMinutes(3));
        using var after = new Operator(server);
        await server.WaitUntilAsync(() => !server.Services.GetRequiredService<ChatService>().Sessions.Any(), "It is still here.");
        await after.PostAsync<Sanction>("/api/v1/bans", new { username = "troll", reason = "spam" });

        await using var back = await WebUser.ConnectAsync(server, tab.Session);
        Assert.Contains("banned", await back.WaitForAsync<string>(nameof(IChatClient.SessionEnded)), StringComparison.Ordinal);
        await back.WaitForCloseAsync();
    }

    [Fact]
    public async Task In_a_channel_members_are_put_out_and_the_rest_of_the_server_stays_open()
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        await using var web = await WebUser.SignInAsync(server, "anna", "@Dev");
        await web.JoinAsync("@other");
        await using var tab = await WebUser.ConnectAsync(server, web.Session);
        await tab.JoinAsync("@dev");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");

        // By address: both.
        await desk.PostAsync<Sanction>("/api/v1/bans", new { network = "127.0.0.1", channel = "DEV", reason = "noise" });

        foreach (var page in (WebUser[])[web, tab])
        {
            var kick = await page.WaitForAsync<Kick>(nameof(IChatClient.Kicked));
            Assert.Equal(("@Dev", Desk.Name, "noise", 9999), (kick.Channel, kick.By, kick.Reason, kick.Until?.Year));
        }
        Assert.StartsWith($"banned: You are banned from @DEV by {Desk.Name}", await Desk.RefusalAsync(() => web.JoinAsync("@dev")), StringComparison.Ordinal);
        await web.SendAsync("@other", "still here");
        await native.SendAsync(KaiPdu.Send("into nothing"));
        Assert.Equal(
            [$"{Desk.Name} has put you out of @Dev. You cannot join it until it is lifted. Reason: noise.", "Not sent: You are in no channel. Join one first."],
            await native.PollNoticesAsync());
        await native.SendAsync(KaiPdu.Join("ben", "@dev"));
        Assert.Equal([$"Not joined: You are banned from @DEV by {Desk.Name} until it is lifted. Reason: noise."], await native.PollNoticesAsync());
        await native.SendAsync(KaiPdu.Join("ben", "@other"));
        Assert.Contains("still here", (await native.PollForAsync(1)).Select(pdu => pdu.Text));
        Assert.False(server.HasChannel("@Dev"));
    }

    [Fact]
    public async Task A_dry_run_names_exactly_those_whose_sessions_then_end()
    {
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1", "KaiChat:TrustedProxies:0=127.0.0.1");
        using var desk = new Operator(server);
        var here = new List<IAsyncDisposable>();
        foreach (var (name, address) in ((string, string)[])[("a", "203.0.113.5"), ("b", "203.0.113.200"), ("c", "203.0.114.1"), ("d", "2001:db8::7")])
        {
            here.Add(await WebUser.SignInAsync(server, name, "@dev", address));
        }
        // From the page's two tabs one address is hit and one is not.
        here.Add(await WebUser.ConnectAsync(server, ((WebUser)here[2]).Session, "203.0.113.77"));
        await ((WebUser)here[^1]).JoinAsync("@dev");
        here.Add(await RawKaiClient.SignInAsync(server.Native, "proxied", "@dev", before: Proxied));
        here.Add(await RawKaiClient.SignInAsync(server.Native, "plain", "@dev"));
        here.Add(await RawKaiClient.SignInAsync(server.Native, "secure", "@dev", tls: RawKaiClient.AnyCertificate(), before: Proxied));
        var before = await NamesAsync(desk);
        var ban = new { username = "PLAIN", network = "203.0.113.0/24", reason = "spam" };

        var preview = await desk.PostAsync<SanctionPreview>("/api/v1/bans?dryRun=true", ban, HttpStatusCode.OK);
        Assert.Equal(before, await NamesAsync(desk));
        Assert.Equal(["a", "b", "c", "plain", "proxied", "secure"], preview.Hits.Select(hit => hit.Username));
        Assert.Equal(["203.0.113.5"], preview.Hits.Where(hit => hit.Username == "proxied").Select(hit => hit.Address));
        Assert.Equal(2, preview.Hits.Single(hit => hit.Username == "c").ConnectionIds.Count);
        Assert.Empty((await desk.GetAsync<Page<Sanction>>("/api/v1/bans")).Items);

        await desk.PostAsync<Sanction>("/api/v1/bans", ban);
        Assert.Equal(before.Except(preview.Hits.Select(hit => hit.Username)), await NamesAsync(desk));
        await server.ExpectEndAsync("Banned", 7);
        foreach (var one in here) await one.DisposeAsync();
    }

    [Fact]
    public async Task The_address_behind_a_proxy_is_the_one_that_is_banned()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Web:TrustedProxies:0=127.0.0.1", "KaiChat:TrustedProxies:0=127.0.0.1");
        using var desk = new Operator(server);
        await desk.PostAsync<Sanction>("/api/v1/bans", new { network = "203.0.113.5", reason = "spam" });
        Assert.Equal(HttpStatusCode.Forbidden, (await server.TrySignInAsync("a", "203.0.113.5")).Status);
        Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("a", "203.0.113.6")).Status);
        await using var proxied = await RawKaiClient.SignInAsync(server.Native, "b", "@dev", before: Proxied);
        Assert.Contains("banned", await proxied.AskWhyAsync(), StringComparison.Ordinal);
        await using var direct = await RawKaiClient.SignInAsync(server.Native, "c", "@dev");
        Assert.Empty(await direct.PollNoticesAsync());
        // A tab from there is refused; the session's other tab stays.
        await using var good = await WebUser.SignInAsync(server, "d", "@dev", "203.0.113.6");
        await using var bad = await WebUser.ConnectAsync(server, good.Session, "203.0.113.5");
        Assert.Contains("banned", await bad.WaitForAsync<string>(nameof(IChatClient.SessionEnded)), StringComparison.Ordinal);
        await good.SendAsync("@dev", "still here");

        Assert.True((await desk.GetAsync<SanctionCheck>("/api/v1/bans/check?address=203.0.113.5&username=x")).Stopped);
        Assert.Equal(new SanctionCheck(false, null), await desk.GetAsync<SanctionCheck>("/api/v1/bans/check?address=203.0.113.6"));
    }

    [Fact]
    public async Task Nobody_else_is_believed_about_an_address()
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        await desk.PostAsync<Sanction>("/api/v1/bans", new { network = "203.0.113.5", reason = "spam" });
        Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("a", "203.0.113.5")).Status);
        await desk.PostAsync<Sanction>("/api/v1/bans", new { network = "127.0.0.0/8", reason = "spam" });
        Assert.Equal(HttpStatusCode.Forbidden, (await server.TrySignInAsync("b", "203.0.113.6")).Status);
    }

    [Theory]
    [InlineData("{\"reason\":\"spam\"}", "username and network")]
    [InlineData("{\"username\":\"a\"}", "reason")]
    [InlineData("{\"username\":\"a\",\"reason\":\"a\\nb\"}", "one line")]
    [InlineData("{\"network\":\"10.0.0.1/8\",\"reason\":\"x\"}", "network")]
    [InlineData("{\"network\":\"0.0.0.0/0\",\"reason\":\"x\"}", "nearly everybody")]
    [InlineData("{\"username\":\"a\",\"reason\":\"x\",\"minutes\":0}", "minutes")]
    [InlineData("{\"username\":\"a\",\"reason\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}", "until")]
    [InlineData("{\"username\":\"a\",\"reason\":\"x\",\"until\":\"2099-01-01T00:00:00Z\",\"minutes\":5}", "exclude")]
    public async Task What_makes_no_sense_is_refused_by_name(string body, string named)
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        var problem = await Operator.ExpectProblemAsync(
            HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, desk.SendAsync(HttpMethod.Post, "/api/v1/bans", new StringContent(body, null, "application/json")));
        Assert.Contains(named, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_no_more_than_the_limit()
    {
        await using var server = await ChatServer.StartAsync("Limits:MaxSanctions=1");
        using var desk = new Operator(server);
        await desk.PostAsync<Sanction>("/api/v1/mutes", new { username = "a", reason = "x" });
        await Operator.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.LimitReached, desk.PostAsync("/api/v1/bans", new { username = "b", reason = "x" }));
    }

    private static async Task<string[]> NamesAsync(Operator desk) =>
        [.. (await desk.GetAsync<Page<SessionInfo>>("/api/v1/sessions")).Items.Select(session => session.Username).Order(StringComparer.Ordinal)];
}
