using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Integration.Tests.Admin.Access;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Moderation;

/// <summary>What moderators see of messages, and nobody else: former texts, and why messages were removed.</summary>
public sealed class ModeratorsViewTests
{
    private const string Messages = "/api/v1/channels/dev/messages/";
    private const string NoScope = "scope-missing: That is for operators whose key has the scope moderation:write. Nothing was done.";

    [Fact]
    public async Task Former_texts_are_for_the_author_and_for_moderators_while_their_key_is_good()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        var keeper = await OperatorAsync(server, "keeper", Scopes.ChannelsWrite);
        var (moderator, key) = await OperatorWithKeyAsync(server, "mod", Scopes.ModerationWrite);
        await using var _ = keeper;
        await using var __ = moderator;
        await anna.SendAsync("@dev", "frist");
        await anna.EditAsync("@dev", 1, "first");
        await anna.SendAsync("@dev", "never edited");

        Assert.Equal(["frist", "first"], (await moderator.VersionsAsync("@dev", 1)).Select(version => version.Text));
        Assert.Equal(await anna.VersionsAsync("@dev", 1), await moderator.VersionsAsync("@dev", 1));
        Assert.Equal(["never edited"], (await moderator.VersionsAsync("@dev", 2)).Select(version => version.Text));
        // An operator who looks after channels is a stranger to messages.
        foreach (var stranger in (WebUser[])[ben, keeper])
        {
            Assert.Equal("not-the-author: The message is somebody else's. Nothing was changed.", await Desk.RefusalAsync(() => stranger.VersionsAsync("@dev", 1)));
        }
        // To look is all: the words stay the author's.
        Assert.StartsWith("not-the-author: ", await Desk.RefusalAsync(() => moderator.EditAsync("@dev", 1, "mine")), StringComparison.Ordinal);
        Assert.StartsWith("message-not-found: ", await Desk.RefusalAsync(() => moderator.VersionsAsync("@dev", 9)), StringComparison.Ordinal);
        await moderator.LeaveAsync("@dev");
        Assert.StartsWith("not-a-member: ", await Desk.RefusalAsync(() => moderator.VersionsAsync("@dev", 1)), StringComparison.Ordinal);
        await moderator.JoinAsync("@dev");
        await anna.DeleteAsync("@dev", 1);
        Assert.Empty(await moderator.VersionsAsync("@dev", 1));

        Assert.Equal(HttpStatusCode.NoContent, await admin.DeleteAsync($"{Keys.Path}/{key.Id}"));
        Assert.StartsWith("not-the-author: ", await Desk.RefusalAsync(() => moderator.VersionsAsync("@dev", 2)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Former_texts_are_read_over_REST_in_open_channels_and_in_the_archive()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        using var reader = await Keys.WithScopesAsync(server, "reader", Scopes.MessagesRead);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "purged");
        await anna.SendAsync("@dev", "frist");
        await anna.EditAsync("@dev", 2, "first");
        await anna.SendAsync("@dev", "oops");
        await anna.EditAsync("@dev", 3, "gone");
        await anna.DeleteAsync("@dev", 3);
        var job = await admin.SendAsync<Job>(HttpStatusCode.Accepted, HttpMethod.Post, "/api/v1/channels/dev/purge", new { throughSeq = 1 });
        await server.Services.GetRequiredService<JobRegistry>().Find(job.Id)!.Completion;

        foreach (var path in (string[])[Messages, "/api/v1/conversations/1/messages/"])
        {
            var (page, next) = await reader.GetPageAsync<MessageVersion>(path + "2/versions");
            Assert.Equal(["frist", "first"], page.Items.Select(version => version.Text));
            Assert.Equal(await anna.VersionsAsync("@dev", 2), page.Items);
            Assert.Null(next);
            Assert.Empty((await reader.GetAsync<Page<MessageVersion>>(path + "3/versions")).Items);
            foreach (var seq in (int[])[0, 1, 4]) await reader.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"{path}{seq}/versions");
        }
        await anna.LeaveAsync("@dev");
        await reader.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, Messages + "2/versions");
        Assert.Equal(2, (await reader.GetAsync<Page<MessageVersion>>("/api/v1/conversations/1/messages/2/versions")).Items.Count);
    }

    [Fact]
    public async Task Why_a_message_was_removed_is_told_to_moderators_who_ask()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@Dev");
        var keeper = await OperatorAsync(server, "keeper", Scopes.ChannelsWrite);
        var moderator = await OperatorAsync(server, "mod", Scopes.ModerationWrite);
        await using var _ = keeper;
        await using var __ = moderator;
        foreach (var text in (string[])["spam", "no reason", "a slip", "stays", "a \"quote\"\n\u2028"]) await anna.SendAsync("@dev", text);
        await RemoveAsync(admin, 1, "advertising");
        await RemoveAsync(admin, 2, reason: null);
        await anna.DeleteAsync("@dev", 3);
        await RemoveAsync(admin, 5, "\u7406\u7531 \"<b>\" \ud83d\ude80");

        RemovalReason[] all = [new(1, "advertising"), new(2, null), new(5, "\u7406\u7531 \"<b>\" \ud83d\ude80")];
        Assert.Equal(all, await moderator.RemovalReasonsAsync("@dev", 1, 2, 3, 4, 5, 5, 6, -1));
        Assert.Equal([all[2]], await moderator.RemovalReasonsAsync("dev", 5));
        Assert.Empty(await moderator.RemovalReasonsAsync("@dev"));
        foreach (var stranger in (WebUser[])[anna, keeper]) Assert.Equal(NoScope, await Desk.RefusalAsync(() => stranger.RemovalReasonsAsync("@dev", 1)));
        Assert.StartsWith("argument-invalid: ", await Desk.RefusalAsync(() => moderator.RemovalReasonsAsync("@dev", [.. Enumerable.Range(1, 201)])), StringComparison.Ordinal);
        Assert.StartsWith("argument-invalid: ", await Desk.RefusalAsync(() => moderator.InvokeAsync(nameof(IChatHub.RemovalReasons), "@dev", null)), StringComparison.Ordinal);
        await moderator.JoinAsync("@other");
        Assert.Empty(await moderator.RemovalReasonsAsync("@other", 1));
        await moderator.LeaveAsync("@other");
        Assert.StartsWith("not-a-member: ", await Desk.RefusalAsync(() => moderator.RemovalReasonsAsync("@other", 1)), StringComparison.Ordinal);

        // What is purged has no place any more that could say why.
        var job = await admin.SendAsync<Job>(HttpStatusCode.Accepted, HttpMethod.Post, "/api/v1/channels/dev/purge", new { throughSeq = 2 });
        await server.Services.GetRequiredService<JobRegistry>().Find(job.Id)!.Completion;
        Assert.Equal([all[2]], await moderator.RemovalReasonsAsync("@dev", 1, 2, 5));
        await moderator.SignOutAsync();

        await server.RestartAsync();
        var again = await OperatorAsync(server, "mod2", Scopes.ModerationWrite);
        await using var ___ = again;
        using var admins = new Operator(server);
        Assert.Equal([all[2]], await again.RemovalReasonsAsync("@dev", 1, 2, 5));
        // Another life of the channel knows nothing of this one.
        Assert.Equal(HttpStatusCode.NoContent, await admins.DeleteAsync("/api/v1/channels/dev"));
        await again.JoinAsync("@Dev");
        for (var i = 1; i <= 5; i++) await again.SendAsync("@dev", $"{i}");
        await again.DeleteAsync("@dev", 5);
        Assert.Empty(await again.RemovalReasonsAsync("@dev", 1, 2, 5));
    }

    [Fact]
    public async Task Nobody_is_sent_the_reason_who_has_not_asked_for_it()
    {
        const string Reason = "what-only-moderators-know";
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        using var reader = await Keys.WithScopesAsync(server, "reader", Scopes.MessagesRead);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "cleo", "@dev");
        var moderator = await OperatorAsync(server, "mod", Scopes.ModerationWrite);
        await using var _ = moderator;
        var users = new[] { anna, ben, moderator };
        var heard = users.Select(user => user.Overhear()).ToArray();
        await anna.SendAsync("@dev", "spam");
        await ben.SendReplyAsync("@dev", "what is that?", 1);
        await native.PollAsync();

        await RemoveAsync(admin, 1, Reason);

        foreach (var user in users)
        {
            await user.WaitForAsync<Message>(nameof(IChatClient.MessageChanged));
            Assert.Equal(Deleter.Moderator, (await user.JoinAsync("@dev")).Messages[0].DeletedBy);
            await user.ResumeAsync("@dev", 0);
            await user.ChangesAsync("@dev", 0);
            await user.HistoryAsync("@dev", 3, 200);
            await user.HistoryAfterAsync("@dev", 0, 200);
            await user.HistoryAroundAsync("@dev", 1, 200);
            await user.SearchAsync("what");
            Assert.Empty((await user.SearchAsync(Reason)).Hits);
        }
        Assert.Equal(NoScope, await Desk.RefusalAsync(() => anna.RemovalReasonsAsync("@dev", 1)));
        Assert.Empty(await WordsOfAsync(anna.VersionsAsync("@dev", 1)));
        await native.PollAsync();
        server.Clock!.Advance(TimeSpan.FromSeconds(10));
        var notices = await native.PollNoticesAsync();
        Assert.Contains("An operator deleted a message of anna.", notices);
        Assert.DoesNotContain(notices, text => text.Contains(Reason, StringComparison.Ordinal));
        foreach (var path in (string[])["channels/dev/messages", "channels/dev/export", "channels/dev/export?format=html", "conversations/1/messages", "messages?q=what"])
        {
            using var answer = await reader.SendAsync(HttpMethod.Get, "/api/v1/" + path);
            Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains(Reason, StringComparison.Ordinal)));
        }
        for (var i = 0; i < users.Length; i++)
        {
            // What is compared is what was said: the deletion is in it.
            Assert.Contains("\"deletedBy\":\"moderator\"", heard[i](), StringComparison.Ordinal);
            Assert.DoesNotContain(Reason, heard[i](), StringComparison.Ordinal);
        }
        Assert.Equal(Reason, Assert.Single(await moderator.RemovalReasonsAsync("@dev", 1)).Reason);
        Assert.Contains(Reason, heard[2](), StringComparison.Ordinal);
    }

    private static async Task<string[]> WordsOfAsync(Task<IReadOnlyList<MessageVersion>> versions) => [.. (await versions).Select(version => version.Text)];

    private static async Task RemoveAsync(Operator admin, int seq, string? reason)
    {
        using var answer = await admin.SendAsync(HttpMethod.Delete, Messages + seq, System.Net.Http.Json.JsonContent.Create(new MessageDeletionRequest(reason)));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static async Task<WebUser> OperatorAsync(ChatServer server, string username, string scope) => (await OperatorWithKeyAsync(server, username, scope)).User;

    /// <summary>A user in <c>@dev</c> who has shown a key with one scope.</summary>
    private static async Task<(WebUser User, ApiKey Key)> OperatorWithKeyAsync(ChatServer server, string username, string scope)
    {
        using var admin = new Operator(server);
        var key = await admin.MakeAsync($"key-of-{username}", scope);
        var user = await WebUser.SignInAsync(server, username, "@dev");
        await user.OperateAsync(key.Secret!);
        return (user, key);
    }
}
