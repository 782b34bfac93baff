using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>Operators in the chat, kicks, and sessions as operators see them.</summary>
public sealed class OperatorTests
{
    [Fact]
    public async Task Whoever_shows_the_key_is_seen_as_an_operator_and_nobody_else_may_act()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Admin:WrongKeysPerMinute=1");
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");

        const string Missing = "scope-missing: That is for operators whose key has the scope moderation:write. Nothing was done.";
        var request = new SanctionRequest(SanctionKind.Ban, "anna", ByAddress: false, Channel: null, Minutes: null, "x");
        Assert.Equal(Missing, await Desk.RefusalAsync(() => ops.KickAsync("@dev", "anna", "x")));
        Assert.Equal(Missing, await Desk.RefusalAsync(() => ops.ImposeAsync(request)));
        Assert.Equal(Missing, await Desk.RefusalAsync(() => ops.PreviewSanctionAsync(request)));
        Assert.Equal(Missing, await Desk.RefusalAsync(() => ops.LiftAsync(SanctionKind.Ban, "anna")));
        Assert.StartsWith("unauthorized: ", await Desk.RefusalAsync(() => ops.OperateAsync("guess")), StringComparison.Ordinal);
        Assert.Matches(@"^rate-limited: .* \[\d+ s\]$", await Desk.RefusalAsync(() => ops.OperateAsync("guess")));

        Assert.Contains("moderation:write", await ops.OperateAsync(Desk.KeyOf(server)));
        var seen = await anna.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged));
        Assert.Equal(("@dev", "ops", true), (seen.Channel, seen.Member.Username, seen.Member.Operator));
        Assert.Equal([("ops", true), ("anna", false)], (await anna.JoinAsync("@dev")).Members.Select(member => (member.Username, member.Operator)));
    }

    [Fact]
    public async Task Each_further_wrong_key_from_the_chat_waits_longer_as_at_the_admin_api()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        Assert.StartsWith("unauthorized: ", await Desk.RefusalAsync(() => ops.OperateAsync("guess")), StringComparison.Ordinal);
        foreach (var milliseconds in (int[])[250, 500])
        {
            var timers = server.Clock!.ArmedTimers;
            var guess = Desk.RefusalAsync(() => ops.OperateAsync("guess"));
            await server.WaitUntilAsync(() => server.Clock.ArmedTimers > timers, "It is not held back.");
            server.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.False(guess.IsCompleted);
            server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.StartsWith("unauthorized: ", await guess, StringComparison.Ordinal);
        }
        Assert.Contains("moderation:write", await ops.OperateAsync(Desk.KeyOf(server)));
    }

    [Fact]
    public async Task A_revoked_key_takes_the_operators_rights_with_it()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var key = await admin.SendAsync<ApiKey>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/keys", new { name = "helper", scopes = new[] { "moderation:write" } });
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await ops.OperateAsync(key.Secret!);
        Assert.True((await anna.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged))).Member.Operator);

        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"/api/v1/keys/{key.Id}"));

        Assert.False((await anna.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged))).Member.Operator);
        Assert.StartsWith("scope-missing: ", await Desk.RefusalAsync(() => ops.KickAsync("@dev", "anna", "x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_comes_to_its_end_takes_the_rights_with_it_and_all_tabs_are_told()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        var key = await admin.SendAsync<ApiKey>(
            HttpStatusCode.Created, HttpMethod.Post, "/api/v1/keys", new { name = "today", scopes = new[] { "moderation:write" }, expiresAt = server.Clock!.GetUtcNow().AddHours(3) });
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await ops.OperateAsync(key.Secret!);
        Assert.True((await anna.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged))).Member.Operator);
        await admin.PostAsync<Sanction>("/api/v1/mutes", new { network = "127.0.0.1", channel = "dev", reason = "x" });
        await ops.SendAsync("@dev", "nothing meets an operator");

        server.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        Assert.Empty(await ops.PreviewSanctionAsync(new SanctionRequest(SanctionKind.Ban, "cleo", ByAddress: false, Channel: null, Minutes: null, "x")));
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.StartsWith("scope-missing: ", await Desk.RefusalAsync(() => ops.KickAsync("@dev", "anna", "x")), StringComparison.Ordinal);
        Assert.StartsWith("muted: ", await Desk.RefusalAsync(() => ops.SendAsync("@dev", "x")), StringComparison.Ordinal);
        Assert.False((await anna.WaitForAsync<(string Channel, Member Member)>(nameof(IChatClient.MemberChanged))).Member.Operator);
        Assert.Equal((0, 1, 0), (await ScopesAsync(ops), await ScopesAsync(ops), await ScopesAsync(ops)));
        Assert.Equal("x", (await ops.WaitForAsync<(string? Channel, Mute? Mute)>(nameof(IChatClient.Muted), muted => muted.Channel == "@dev")).Mute?.Reason);
        Assert.DoesNotContain((await ops.JoinAsync("@dev")).Members, member => member.Operator);
        Assert.StartsWith("unauthorized: ", await Desk.RefusalAsync(() => ops.OperateAsync(key.Secret!)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dev")]
    [InlineData(null)]
    public async Task Bans_that_did_not_meet_an_operator_do_when_the_key_is_revoked(string? channel)
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var key = await admin.SendAsync<ApiKey>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/keys", new { name = "helper", scopes = new[] { "moderation:write" } });
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await ops.OperateAsync(key.Secret!);
        await admin.PostAsync<Sanction>("/api/v1/bans", new { network = "127.0.0.1", channel, reason = "x" });
        await ops.SendAsync("@dev", "nothing meets an operator");

        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"/api/v1/keys/{key.Id}"));

        if (channel is null)
        {
            Assert.StartsWith("You are banned from this server", await ops.WaitForAsync<string>(nameof(IChatClient.SessionEnded)), StringComparison.Ordinal);
            await server.ExpectEndAsync("Banned");
        }
        else
        {
            var kick = await ops.WaitForAsync<Kick>(nameof(IChatClient.Kicked));
            Assert.Equal(("@dev", "x"), (kick.Channel, kick.Reason));
            Assert.StartsWith("not-a-member: ", await Desk.RefusalAsync(() => ops.SendAsync("@dev", "no")), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Every_tab_is_told_what_the_key_allows_at_its_beginning_and_when_that_changes()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var key = await admin.SendAsync<ApiKey>(HttpStatusCode.Created, HttpMethod.Post, "/api/v1/keys", new { name = "topics", scopes = new[] { "channels:write", "audit:read" } });
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await using var tab = await WebUser.ConnectAsync(server, ops.Session);
        Assert.Equal((0, 0), (await ScopesAsync(ops), await ScopesAsync(tab)));

        Assert.Equal(["audit:read", "channels:write"], await ops.OperateAsync(key.Secret!));

        Assert.Equal(["audit:read", "channels:write"], await tab.WaitForAsync<IReadOnlyList<string>>(nameof(IChatClient.Operating)));
        await using var reloaded = await WebUser.ConnectAsync(server, ops.Session);
        Assert.Equal(["audit:read", "channels:write"], await reloaded.WaitForAsync<IReadOnlyList<string>>(nameof(IChatClient.Operating)));
        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"/api/v1/keys/{key.Id}"));
        Assert.Equal((0, 0), (await ScopesAsync(tab), await ScopesAsync(reloaded)));
    }

    private static async Task<int> ScopesAsync(WebUser tab) => (await tab.WaitForAsync<IReadOnlyList<string>>(nameof(IChatClient.Operating))).Count;

    [Fact]
    public async Task Whoever_becomes_an_operator_is_told_that_no_mute_holds_any_more()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await admin.PostAsync<Sanction>("/api/v1/mutes", new { username = "ops", reason = "a mistake" });
        Assert.NotNull((await ops.WaitForAsync<(string? Channel, Mute? Mute)>(nameof(IChatClient.Muted), muted => muted.Channel == "@dev")).Mute);

        await ops.OperateAsync(Desk.KeyOf(server));

        Assert.Null((await ops.WaitForAsync<(string? Channel, Mute? Mute)>(nameof(IChatClient.Muted), muted => muted.Channel == "@dev")).Mute);
        await ops.SendAsync("@dev", "back");
    }

    [Fact]
    public async Task Users_are_told_who_did_it_without_the_name_of_the_key()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await ops.OperateAsync(Desk.KeyOf(server));
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");

        await ops.ImposeAsync(new SanctionRequest(SanctionKind.Mute, "anna", ByAddress: false, "@dev", Minutes: null, "noise"));
        await ops.ImposeAsync(new SanctionRequest(SanctionKind.Mute, "ben", ByAddress: false, "@dev", Minutes: null, "noise"));

        Assert.Equal(new Mute("ops", "noise", Until: null), (await anna.WaitForAsync<(string? Channel, Mute? Mute)>(nameof(IChatClient.Muted))).Mute);
        Assert.Equal("ops", (await anna.ResumeAsync("@dev", 0)).Mute?.By);
        Assert.StartsWith("muted: You are muted in @dev by ops until", await Desk.RefusalAsync(() => anna.SendAsync("@dev", "no")), StringComparison.Ordinal);
        Assert.StartsWith("You are muted in @dev by ops until", Assert.Single(await ben.PollNoticesAsync()), StringComparison.Ordinal);
        await ops.ImposeAsync(new SanctionRequest(SanctionKind.Ban, "anna", ByAddress: false, "@dev", Minutes: null, "noise"));
        Assert.Equal("ops", (await anna.WaitForAsync<Kick>(nameof(IChatClient.Kicked))).By);
        Assert.StartsWith("banned: You are banned from @dev by ops until", await Desk.RefusalAsync(() => anna.JoinAsync("@dev")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_does_not_say_its_kind_bans_nobody()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await ops.OperateAsync(Desk.KeyOf(server));
        foreach (var method in (string[])["Impose", "PreviewSanction"])
        {
            Assert.Equal("argument-invalid: kind is ban or mute. Nothing was done.", await Desk.RefusalAsync(() => ops.InvokeAsync(method, new { username = "anna", reason = "x" })));
            foreach (var kind in (object[])[0, 1, 9, "bogus", "1"])
            {
                var refusal = await Desk.RefusalAsync(() => ops.InvokeAsync(method, new { kind, username = "anna", reason = "x" }));
                Assert.StartsWith("request-invalid: ", refusal, StringComparison.Ordinal);
            }
        }
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
    }

    [Fact]
    public async Task A_kicked_user_is_told_and_may_come_back()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await ops.OperateAsync(Desk.KeyOf(server));
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");

        await ops.KickAsync("dev", "ANNA", "calm down");
        await ops.KickAsync("@dev", "ben", "calm down");

        Assert.Equal(new Kick("@dev", "ops", "calm down", Until: null), await anna.WaitForAsync<Kick>(nameof(IChatClient.Kicked)));
        Assert.StartsWith("not-a-member: ", await Desk.RefusalAsync(() => anna.SendAsync("@dev", "no")), StringComparison.Ordinal);
        Assert.Equal(["ops has put you out of @dev. You may join it again. Reason: calm down."], await native.PollNoticesAsync());
        await anna.JoinAsync("@dev");
        await anna.SendAsync("@dev", "back");
        await native.SendAsync(KaiPdu.Join("ben", "@dev"));
        Assert.Contains("back", (await native.PollForAsync(1)).Select(pdu => pdu.Text));
        Assert.StartsWith("not-found: cleo is not in @dev", await Desk.RefusalAsync(() => ops.KickAsync("@dev", "cleo", "x")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kick_for_a_time_keeps_out_for_that_time()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        using (var answer = await desk.PostAsync("/api/v1/channels/dev/kicks", new { username = "anna", reason = "noise", minutes = 5 })) Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(server.Clock!.GetUtcNow().AddMinutes(5), (await anna.WaitForAsync<Kick>(nameof(IChatClient.Kicked))).Until);
        Assert.StartsWith("banned: ", await Desk.RefusalAsync(() => anna.JoinAsync("@dev")), StringComparison.Ordinal);
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        await anna.JoinAsync("@dev");
        await Operator.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, desk.PostAsync("/api/v1/channels/dev/kicks", new { username = "ben", reason = "x" }));
    }

    [Fact]
    public async Task From_the_chat_a_preview_names_those_whom_it_then_hits_and_it_can_be_lifted()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Web:TrustedProxies:0=127.0.0.1");
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev", "203.0.113.5");
        await ops.OperateAsync(Desk.KeyOf(server));
        await using var troll = await WebUser.SignInAsync(server, "troll", "@dev", "203.0.113.5");
        await using var twin = await WebUser.SignInAsync(server, "twin", "@dev", "203.0.113.5");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev", "203.0.113.6");
        var request = new SanctionRequest(SanctionKind.Ban, "troll", ByAddress: true, Channel: null, Minutes: 5, "spam");

        // Operators behind the same router are not among them.
        Assert.Equal(["troll", "twin"], await ops.PreviewSanctionAsync(request));
        var ban = await ops.ImposeAsync(request);

        Assert.Equal(("troll", "203.0.113.5", "admin as ops"), (ban.Username, ban.Network, ban.By));
        await troll.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
        await twin.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
        await anna.SendAsync("@dev", "still here");
        await ops.SendAsync("@dev", "me too");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.TrySignInAsync("other", "203.0.113.5")).Status);
        Assert.Equal(0, await ops.LiftAsync(SanctionKind.Mute, "troll"));
        Assert.Equal(1, await ops.LiftAsync(SanctionKind.Ban, "TROLL"));
        Assert.Equal(HttpStatusCode.Created, (await server.TrySignInAsync("other", "203.0.113.5")).Status);
    }

    [Fact]
    public async Task An_operator_is_met_by_nothing_until_its_session_is_ended()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await ops.OperateAsync(Desk.KeyOf(server));
        foreach (var path in (string[])["/api/v1/bans", "/api/v1/mutes", "/api/v1/bans?dryRun=true", "/api/v1/channels/dev/kicks"])
        {
            var problem = await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, desk.PostAsync(path, new { username = "OPS", reason = "x" }));
            Assert.Contains("operator", problem.Detail, StringComparison.Ordinal);
        }
        await desk.PostAsync<Sanction>("/api/v1/mutes", new { network = "127.0.0.1", reason = "x" });
        await ops.SendAsync("@dev", "still here");

        var session = Assert.Single((await desk.GetAsync<Page<SessionInfo>>("/api/v1/sessions")).Items);
        Assert.True(session.Operator);
        Assert.Equal((ops.Session.SessionId, "ops", null, "127.0.0.1"), (session.Id, session.Username, session.MutedUntil, session.Addresses.Single()));
        Assert.Equal(["@dev"], (await desk.GetAsync<SessionInfo>($"/api/v1/sessions/{session.Id}")).Channels);
        Assert.Equal(HttpStatusCode.NoContent, await desk.DeleteAsync($"/api/v1/sessions/{session.Id}"));
        await ops.WaitForAsync<string>(nameof(IChatClient.SessionEnded));
        await server.ExpectEndAsync("ClosedByOperator");
        Assert.Equal(HttpStatusCode.NoContent, await desk.DeleteAsync($"/api/v1/sessions/{session.Id}"));
        await desk.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"/api/v1/sessions/{session.Id}");
        await desk.PostAsync<Sanction>("/api/v1/bans", new { username = "ops", reason = "x" });
    }

    [Fact]
    public async Task Every_change_is_recorded_with_who_made_it()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var ops = await WebUser.SignInAsync(server, "ops", "@dev");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await ops.OperateAsync(Desk.KeyOf(server));
        await ops.KickAsync("@dev", "anna", "calm down");
        await ops.ImposeAsync(new SanctionRequest(SanctionKind.Mute, "anna", ByAddress: true, "@dev", Minutes: null, "noise"));
        await ops.LiftAsync(SanctionKind.Mute, "anna", "@dev");
        var ban = await desk.PostAsync<Sanction>("/api/v1/bans", new { network = "203.0.113.0/24", reason = "spam" });
        await desk.DeleteAsync($"/api/v1/bans/{ban.Id}");
        await desk.DeleteAsync($"/api/v1/bans/{ban.Id}");
        await desk.PostAsync<NoticeReach>("/api/v1/notices", new { text = "hello" });
        await desk.SetRaidLevelAsync(1, minutes: 1);
        await desk.DeleteAsync($"/api/v1/sessions/{anna.Session.SessionId}");
        server.Clock!.Advance(TimeSpan.FromMinutes(1));
        await server.WaitUntilAsync(() => server.Logs.Lines.Any(line => line.Text == "Raid level 1 is 0 now, set by server"), "The level did not fall.");
        await server.StopAsync();

        using var shell = new SqliteShell(Path.Combine(server.Directory, "messages.db"));
        var recorded = (string)shell.Scalar("SELECT group_concat(actor || ': ' || action || ' ' || target, char(10)) FROM (SELECT * FROM audit ORDER BY id)")!;
        Assert.Equal(
            $"""
            admin as ops: operator.enter ops
            admin as ops: channel.kick anna @dev
            admin as ops: mute.create anna 127.0.0.1 @dev
            admin as ops: mute.delete anna 127.0.0.1 @dev
            {Desk.Name}: ban.create 203.0.113.0/24
            {Desk.Name}: ban.delete 203.0.113.0/24
            {Desk.Name}: notice.create server
            {Desk.Name}: raid-level.update raid-level
            {Desk.Name}: session.delete anna
            server: raid-level.update raid-level
            """.ReplaceLineEndings("\n"),
            recorded);
        Assert.Equal(9L, shell.Scalar("SELECT count(*) FROM audit WHERE address = '127.0.0.1'"));
    }

    [Fact]
    public async Task A_native_session_is_ended_like_a_browsers()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var desk = new Operator(server);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        var session = Assert.Single((await desk.GetAsync<Page<SessionInfo>>("/api/v1/sessions")).Items);
        Assert.Equal((Origin.Native, 1), (session.Origin, session.ConnectionIds.Count));
        await desk.DeleteAsync($"/api/v1/sessions/{session.Id}");
        Assert.Equal("An operator has ended your session. You may sign in again.", await native.LastWordAsync());
        await server.ExpectEndAsync("ClosedByOperator");
    }

    [Fact]
    public async Task A_notice_reaches_those_it_is_for_in_their_protocols_terms()
    {
        await using var server = await ChatServer.StartAsync();
        using var desk = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@other");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "cleo", "@dev");

        var reach = await desk.PostAsync<NoticeReach>("/api/v1/notices?dryRun=true", new { text = "Wartung für alle", kind = "native" }, HttpStatusCode.OK);
        Assert.Equal((1, "Wartung fur alle", "ü", "u"), (reach.Recipients, reach.Native.Lines.Single(), reach.Native.Replacements.Single().Original, reach.Native.Replacements.Single().Replacement));
        await desk.PostAsync<NoticeReach>("/api/v1/notices", new { text = "für @dev", channel = "dev", dismissible = false });
        Assert.Equal(3, (await desk.PostAsync<NoticeReach>("/api/v1/notices", new { text = "all" })).Recipients);

        Assert.Equal(new Notice("@dev", "für @dev", Dismissible: false), await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice)));
        Assert.Equal(new Notice(null, "all"), await anna.WaitForAsync<Notice>(nameof(IChatClient.Notice)));
        Assert.Equal(new Notice(null, "all"), await ben.WaitForAsync<Notice>(nameof(IChatClient.Notice)));
        Assert.Equal(["fur @dev", "all"], await native.PollNoticesAsync());
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, desk.PostAsync("/api/v1/notices", new { text = " " }));
    }
}
