using KaiChat.Server.Storage;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>How the writer queues, groups and stops.</summary>
public sealed class SqliteWriterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RecordedMeters _meters = new();

    public void Dispose()
    {
        _meters.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Commits_what_gathered_meanwhile_together()
    {
        await using var log = TestStorage.Open(_directory.Path, meters: _meters);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        var commits = _meters.Of("kaichat.storage.commit.batch").Count;

        Task<AppendResult[]> appends;
        using (Hold())
        {
            appends = Task.WhenAll(Enumerable.Range(0, 1000).Select(i => log.AppendAsync(Drafts.To(conversation, $"{i}"), default)));
        }

        var inOrder = (await appends).Select(append => append.Message).OrderBy(message => message.Seq);
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), inOrder.Select(message => message.Text));
        var batches = _meters.Of("kaichat.storage.commit.batch").Skip(commits).ToList();
        // The first takes what the writer saw before it met the lock, the others all they may.
        Assert.InRange(batches.Count, 2, 3);
        Assert.Equal(1000, batches.Sum());
        Assert.Equal(Math.Min(512, 1000 - batches[0]), batches[1]);
        Assert.Equal(1000, _meters.Of("kaichat.storage.appended").Sum());
        Assert.Equal(_meters.Of("kaichat.storage.commit.batch").Count, _meters.Of("kaichat.storage.commit.duration").Count);
    }

    [Fact]
    public async Task Refuses_at_once_what_does_not_fit_the_queue()
    {
        await using var log = TestStorage.Open(_directory.Path, appendQueue: 10, meters: _meters);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        List<Task<AppendResult>> waiting;

        using (Hold())
        {
            waiting = [log.AppendAsync(Drafts.To(conversation, "the writer has it"), default)];
            await Wait.UntilAsync(() => _meters.QueueDepth() == 0, "The writer did not take the first message.");
            for (var i = 0; i < 10; i++) waiting.Add(log.AppendAsync(Drafts.To(conversation, "waits"), default));
            Assert.Equal(10, _meters.QueueDepth());
            var refused = log.AppendAsync(Drafts.To(conversation, "too much"), default);
            Assert.True(refused.IsFaulted);
            await Assert.ThrowsAsync<LogUnavailableException>(() => refused);
        }

        await Task.WhenAll(waiting);
        Assert.Equal(12, (await log.AppendAsync(Drafts.To(conversation, "goes on"), default)).Message.Seq);
    }

    [Fact]
    public async Task Cancelling_ends_the_wait_and_not_the_append()
    {
        await using var log = TestStorage.Open(_directory.Path);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        using var cancellation = new CancellationTokenSource();

        using (Hold())
        {
            var append = log.AppendAsync(Drafts.To(conversation, "a", clientMessageId: "id"), cancellation.Token);
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        }

        Assert.Equal(2, (await log.AppendAsync(Drafts.To(conversation, "b"), default)).Message.Seq);
    }

    [Fact]
    public async Task Reads_do_not_wait_for_the_writer()
    {
        await using var log = TestStorage.Open(_directory.Path);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        await log.AppendAsync(Drafts.To(conversation, "a"), default);

        using (Hold())
        {
            var append = log.AppendAsync(Drafts.To(conversation, "b"), default);
            Assert.Single(await log.ReadAfterAsync(conversation.Id, 0, 10, default));
            Assert.False(append.IsCompleted);
        }
    }

    [Fact]
    public async Task Closing_writes_what_waits_and_takes_no_more()
    {
        var log = TestStorage.Open(_directory.Path);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        Task<AppendResult> append;
        Task closing;
        using (Hold())
        {
            append = log.AppendAsync(Drafts.To(conversation, "a"), default);
            closing = log.DisposeAsync().AsTask();
            await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(Drafts.To(conversation, "b"), default));
        }

        await closing;
        await log.DisposeAsync();

        Assert.Equal(1, (await append).Message.Seq);
        Assert.False(log.IsWritable);
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.ReadAfterAsync(conversation.Id, 0, 10, default));
        Assert.Equal(
            ["messages.db", "messages.lock"], Directory.EnumerateFiles(_directory.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using var again = TestStorage.Open(_directory.Path);
        Assert.Equal("a", Assert.Single(await again.ReadAfterAsync(conversation.Id, 0, 10, default)).Text);
    }

    [Fact]
    public async Task Keeps_a_time_to_its_last_tick()
    {
        await using var log = TestStorage.Open(_directory.Path);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        DateTimeOffset[] times =
            [Drafts.Noon.AddTicks(7), DateTimeOffset.UnixEpoch.AddTicks(-1), DateTimeOffset.MinValue, DateTimeOffset.MaxValue];

        foreach (var time in times) await log.AppendAsync(Drafts.To(conversation, "a") with { SentAt = time }, default);

        Assert.Equal(times, (await log.ReadAfterAsync(conversation.Id, 0, 10, default)).Select(message => message.SentAt));
    }

    private HeldLock Hold() => new(_directory.File("messages.db"));
}
