using System.Net;
using System.Net.Http.Json;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Channels;

/// <summary>Purges, and messages that an operator deletes.</summary>
public sealed class RemovalTests
{
    private const string Purge = "/api/v1/channels/dev/purge";

    [Fact]
    public async Task A_purge_by_age_takes_just_what_its_dry_run_names_in_all_lives_of_the_channel()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:MessageBurst=10000");
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@Dev");
        await anna.JoinAsync("@other");
        var start = server.Clock!.GetUtcNow();
        await anna.SendAsync("@dev", "a former life");
        await anna.SendAsync("@other", "elsewhere");
        await anna.LeaveAsync("@dev");
        server.Clock.Advance(TimeSpan.FromHours(1));
        await anna.JoinAsync("@dev");
        for (var i = 1; i <= 450; i++) await anna.SendAsync("@dev", $"text {i}");
        server.Clock.Advance(TimeSpan.FromHours(24));
        for (var i = 451; i <= 455; i++) await anna.SendAsync("@dev", $"text {i}");

        var preview = await someone.SendAsync<PurgePreview>(HttpStatusCode.OK, HttpMethod.Post, Purge + "?dryRun=true", new { olderThanDays = 1 });
        // Sent exactly a day ago is not older than a day.
        Assert.Equal(new PurgePreview(1, start, start), preview);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        preview = await someone.SendAsync<PurgePreview>(HttpStatusCode.OK, HttpMethod.Post, Purge + "?dryRun=true", new { olderThanDays = 1 });
        Assert.Equal(new PurgePreview(451, start, start.AddHours(1)), preview);
        Assert.Equal(455, (await someone.GetAsync<ChannelDetails>("/api/v1/channels/dev")).LastSeq);
        Assert.Equal(200, (await anna.HistoryAsync("@dev", 401, 200)).Messages.Count);

        Assert.Equal(JobState.Succeeded, (await RunAsync(server, someone, new { olderThanDays = 1 })).State);

        Assert.Equal(Enumerable.Range(451, 5), (await anna.JoinAsync("@dev")).Messages.Select(message => (int)message.Seq));
        Assert.Empty((await anna.HistoryAsync("@dev", 451, 10)).Messages);
        Assert.Equal(new PurgePreview(0, null, null), await someone.SendAsync<PurgePreview>(HttpStatusCode.OK, HttpMethod.Post, Purge + "?dryRun=true", new { olderThanDays = 1 }));
        Assert.Equal(["@dev", "@other"], (await someone.GetAsync<Page<ConversationInfo>>("/api/v1/conversations")).Items.Select(life => life.Name).Order(StringComparer.Ordinal));
        Assert.Single((await anna.JoinAsync("@other")).Messages);
        Assert.Equal(456, (await anna.SendAsync("@dev", "on")).Seq);
    }

    [Fact]
    public async Task A_purge_through_a_seq_is_gone_from_memory_search_and_natives_and_pages_go_on()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        for (var i = 1; i <= 10; i++) await anna.SendAsync("@dev", $"text {i}");
        var preview = await someone.SendAsync<PurgePreview>(HttpStatusCode.OK, HttpMethod.Post, Purge + "?dryRun=true", new { throughSeq = 7 });
        Assert.Equal(7, preview.Messages);
        Assert.Empty(await server.RecordedAsync());

        var job = await RunAsync(server, someone, new { throughSeq = 7 });

        Assert.Equal((JobState.Succeeded, "purge", 1, "/api/v1/channels/%40dev/messages"), (job.State, job.Kind, job.Progress, job.Result));
        Assert.Equal([8L, 9, 10], (await anna.JoinAsync("@dev")).Messages.Select(message => message.Seq));
        Assert.Equal([10L, 9, 8], (await anna.SearchAsync("text")).Hits.Select(hit => hit.Message.Seq));
        Assert.True((await anna.ResumeAsync("@dev", 3)).Gap);
        // Open pages are told, once, and one that comes back later reads it in the snapshot.
        Assert.Equal(("@dev", 7L), await anna.WaitForAsync<(string, long)>(nameof(IChatClient.MessagesRemoved)));
        var back = await anna.ResumeAsync("@dev", 10);
        Assert.Equal((8L, false, 0), (back.FirstSeq, back.Gap, back.Messages.Count));
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@dev");
        Assert.Equal(["text 8", "text 9", "text 10"], (await ben.PollAsync()).Select(pdu => pdu.Text));
        Assert.Equal(3, (await someone.GetAsync<Page<Message>>(job.Result!)).Items.Count);
        var entry = Assert.Single(await server.RecordedAsync());
        Assert.Equal(("admin", "channel.purge", "@dev"), (entry.Actor, entry.Action, entry.Target));
        Assert.Contains("\"messages\":7", entry.After, StringComparison.Ordinal);
        Assert.NotNull(entry.RequestId);
    }

    [Fact]
    public async Task A_purge_that_fails_hides_nothing_that_it_has_not_removed()
    {
        await using var server = await ChatServer.StartAdjustedAsync(
            services => services.AddSingleton<ILogRetention>(provider => new FailingRetention(provider.GetRequiredService<SqliteMessageLog>())), "Limits:MessageBurst=10000");
        server.Logs.Expected = line => line.EventId == 6007;
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        for (var i = 1; i <= 450; i++) await anna.SendAsync("@dev", $"text {i}");

        var job = await RunAsync(server, someone, new { throughSeq = 449 });

        Assert.Equal(JobState.Failed, job.State);
        Assert.Equal(("@dev", 200L), await anna.WaitForAsync<(string, long)>(nameof(IChatClient.MessagesRemoved)));
        var oldest = (await anna.HistoryAfterAsync("@dev", 0, 200)).Messages;
        Assert.Equal((201L, 200), (oldest[0].Seq, oldest.Count));
    }

    [Theory]
    [InlineData("{}", ErrorCodes.RequestInvalid)]
    [InlineData("{\"olderThanDays\":1,\"throughSeq\":1}", ErrorCodes.RequestInvalid)]
    [InlineData("{\"olderThanDays\":-1}", ErrorCodes.ArgumentInvalid)]
    [InlineData("{\"throughSeq\":0}", ErrorCodes.ArgumentInvalid)]
    [InlineData("{\"olderThan\":1}", ErrorCodes.RequestInvalid)]
    public async Task A_purge_that_does_not_say_clearly_what_is_to_go_takes_nothing(string body, string code)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "stays");
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, code, someone.SendAsync(HttpMethod.Post, Purge, content));
        using var good = JsonContent.Create(new { throughSeq = 1 });
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, someone.SendAsync(HttpMethod.Post, Purge + "?dryRun=maybe", good));
        Assert.Single((await anna.JoinAsync("@dev")).Messages);
    }

    [Fact]
    public async Task An_operator_deletes_anybodys_message_for_all_and_says_why()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        var message = await anna.SendAsync("@dev", "a telephone number");
        using var reason = JsonContent.Create(new MessageDeletionRequest("private"));

        using var lines = JsonContent.Create(new MessageDeletionRequest("a\nb"));
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, someone.SendAsync(HttpMethod.Delete, "/api/v1/channels/dev/messages/1", lines));
        using var answer = await someone.SendAsync(HttpMethod.Delete, "/api/v1/channels/dev/messages/1", reason);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        // Again, and one that never was.
        foreach (var seq in (int[])[1, 9]) Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync($"/api/v1/channels/dev/messages/{seq}"));

        var changed = await anna.WaitForAsync<Message>(nameof(IChatClient.MessageChanged));
        Assert.Equal((1, "", true, Deleter.Moderator), (changed.Seq, changed.Text, changed.DeletedAt is not null, changed.DeletedBy));
        Assert.Equal(Deleter.Moderator, Assert.Single((await anna.JoinAsync("@dev")).Messages).DeletedBy);
        await anna.SendAsync("@dev", "a slip");
        Assert.Equal(Deleter.Author, (await anna.DeleteAsync("@dev", 2)).DeletedBy);
        Assert.Empty((await anna.SearchAsync("telephone")).Hits);
        var entry = Assert.Single(await server.RecordedAsync());
        Assert.Equal(("message.delete", "@dev 1", "{\"reason\":\"private\"}"), (entry.Action, entry.Target, entry.After));
        Assert.Equal($"{{\"id\":\"{message.Id}\",\"author\":\"anna\"}}", entry.Before);
    }

    /// <summary>The real log, of which the second batch cannot be removed.</summary>
    private sealed class FailingRetention(ILogRetention log) : ILogRetention
    {
        private int _batches;

        public Task<long> FindCutAsync(ConversationId conversation, RetentionLimits limits, CancellationToken cancellation) => log.FindCutAsync(conversation, limits, cancellation);

        public Task<int> RemoveAsync(ConversationId conversation, long throughSeq, int limit, CancellationToken cancellation) =>
            ++_batches == 2 ? throw new LogUnavailableException("The test says so.") : log.RemoveAsync(conversation, throughSeq, limit, cancellation);

        public Task ForgetEmptyAsync(CancellationToken cancellation) => log.ForgetEmptyAsync(cancellation);

        public Task<bool> ReturnSpaceAsync(CancellationToken cancellation) => log.ReturnSpaceAsync(cancellation);
    }

    internal static async Task<Job> RunAsync(ChatServer server, Operator someone, object what)
    {
        var begun = await someone.SendAsync<Job>(HttpStatusCode.Accepted, HttpMethod.Post, Purge, what);
        await server.Services.GetRequiredService<JobRegistry>().Find(begun.Id)!.Completion;
        return await someone.GetAsync<Job>("/api/v1/jobs/" + begun.Id);
    }
}
