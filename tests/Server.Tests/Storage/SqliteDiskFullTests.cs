using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging;

namespace KaiChat.Server.Tests.Storage;

/// <summary>
/// What a full disk does: SQLite's own error, from its own limit on the database's size. With <c>KAICHAT_SMALL_DISK</c> naming an empty
/// directory on a file system of about 2 MB, the same happens on that.
/// </summary>
public sealed class SqliteDiskFullTests
{
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();
    private readonly CapturedLogs _logs = new();
    private readonly RecordedMeters _meters = new();

    [Fact]
    public async Task At_its_size_limit_the_log_refuses_and_resumes_by_itself()
    {
        using var directory = new TemporaryDirectory();
        await using var log = TestStorage.Open(directory.Path, maxMegabytes: 1, clock: _clock, logger: _logs.CreateLogger("log"), meters: _meters);
        using var shell = new SqliteShell(directory.File("messages.db"));
        shell.Execute("CREATE TABLE ballast (filler BLOB); INSERT INTO ballast VALUES (zeroblob(300000))");

        await FillAndRecoverAsync(log, () => shell.Execute("DROP TABLE ballast"));
    }

    [Fact]
    public async Task At_its_size_limit_the_log_is_writable_again_only_when_there_is_room_for_more_than_a_short_text()
    {
        using var directory = new TemporaryDirectory();
        await using var log = TestStorage.Open(directory.Path, maxMegabytes: 1);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        var last = 0L;
        await Assert.ThrowsAsync<LogUnavailableException>(async () =>
        {
            for (var i = 0; i < 1000; i++) last = (await log.AppendAsync(Drafts.To(conversation, new string('x', 9_000)), default)).Message.Seq;
        });
        Assert.False(log.IsWritable);

        // Short ones fit, and are taken.
        for (var i = 0; i < 3; i++) Assert.Equal(++last, (await log.AppendAsync(Drafts.To(conversation, "short"), default)).Message.Seq);
        Assert.False(log.IsWritable);
        await log.RemoveAsync(conversation.Id, throughSeq: 2, limit: 100, default);
        Assert.False(log.IsWritable);

        await log.RemoveAsync(conversation.Id, throughSeq: 20, limit: 100, default);
        Assert.True(log.IsWritable);
        Assert.Equal(++last, (await log.AppendAsync(Drafts.To(conversation, new string('x', 9_000)), default)).Message.Seq);
    }

    [Fact]
    public async Task On_a_full_disk_the_log_is_writable_again_with_the_first_write_that_succeeds_although_there_is_a_limit()
    {
        using var directory = new TemporaryDirectory();
        using var disk = new FaultyDisk(directory.Path);
        await using var log = TestStorage.Open(directory.Path, maxMegabytes: 1);
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        disk.Fault = DiskFault.Full;
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(Drafts.To(conversation, "short"), default));
        Assert.False(log.IsWritable);
        disk.Fault = DiskFault.None;
        await log.AppendAsync(Drafts.To(conversation, "short"), default);
        Assert.True(log.IsWritable);
    }

    [Fact]
    public async Task On_a_full_disk_the_log_refuses_and_resumes_by_itself()
    {
        var disk = Environment.GetEnvironmentVariable("KAICHAT_SMALL_DISK");
        if (disk is null) Assert.Skip("KAICHAT_SMALL_DISK names no directory on a small file system.");
        var ballast = Path.Combine(disk, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[1_000_000]);
        await using var log = TestStorage.Open(Path.Combine(disk, "data"), clock: _clock, logger: _logs.CreateLogger("log"), meters: _meters);

        await FillAndRecoverAsync(log, () => File.Delete(ballast));
    }

    [Fact]
    public async Task A_commit_that_fails_takes_everything_in_it_along_and_its_seqs_are_given_again()
    {
        using var directory = new TemporaryDirectory();
        await using var log = TestStorage.Open(directory.Path, maxMegabytes: 1, meters: _meters);
        var general = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);

        Task<AppendResult> alone;
        Task[] together;
        using (new HeldLock(directory.File("messages.db")))
        {
            alone = log.AppendAsync(Drafts.To(general, "1"), default);
            await Wait.UntilAsync(() => _meters.QueueDepth() == 0, "The writer did not take the first message.");
            // What follows shares the next commit.
            together =
            [
                log.AppendAsync(Drafts.To(general, "small"), default),
                log.OpenAsync(Drafts.Channel("@other"), Drafts.Noon, default),
                log.AppendAsync(Drafts.To(general, new string('x', 2_000_000)), default),
            ];
        }

        Assert.Equal(1, (await alone).Message.Seq);
        foreach (var write in together) await Assert.ThrowsAsync<LogUnavailableException>(() => write);
        Assert.Equal([general with { LastSeq = 1 }], await log.ReadOpenConversationsAsync(default));
        Assert.Equal(2, (await log.AppendAsync(Drafts.To(general, "2"), default)).Message.Seq);
        Assert.True(log.IsWritable);
        var messages = await log.ReadAfterAsync(general.Id, 0, 10, default);
        Assert.Equal(["1", "2"], messages.Select(message => message.Text));
    }

    private async Task FillAndRecoverAsync(SqliteMessageLog log, Action makeRoom)
    {
        var conversation = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        var first = Drafts.To(conversation, "first", clientMessageId: "id");
        await log.AppendAsync(first, default);
        // Less than a page, so that no room is left for the probe when there is none for a message.
        var draft = Drafts.To(conversation, new string('x', 3_000));

        var stored = 1;
        var full = await Assert.ThrowsAsync<LogUnavailableException>(async () =>
        {
            for (; stored < 1000; stored++) await log.AppendAsync(draft, default);
        });
        Assert.Contains("full", full.Message, StringComparison.Ordinal);
        Assert.False(log.IsWritable);

        // Together in one batch or not: none of them is in the log, and each sender hears so.
        var together = Enumerable.Range(0, 20).Select(_ => log.AppendAsync(draft, default)).ToList();
        foreach (var append in together) await Assert.ThrowsAsync<LogUnavailableException>(() => append);
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(draft, default));

        // What needs no room is answered, and is no sign of room.
        Assert.True((await log.AppendAsync(first, default)).Repeated);
        Assert.Equal(stored, (await log.ReadAfterAsync(conversation.Id, 0, int.MaxValue, default)).Count);
        await ProbeAsync(log, first);
        Assert.False(log.IsWritable);

        makeRoom();
        await ProbeAsync(log, first);
        Assert.True(log.IsWritable);
        Assert.Equal(stored + 1, (await log.AppendAsync(draft, default)).Message.Seq);

        var messages = await log.ReadAfterAsync(conversation.Id, 0, int.MaxValue, default);
        Assert.Equal(Enumerable.Range(1, stored + 1).Select(seq => (long)seq), messages.Select(message => message.Seq));
        Assert.Equal([2000, 2002, 2004], _logs.Lines.Where(line => line.Level >= LogLevel.Information).Select(line => line.EventId));
        Assert.Single(_logs.Lines, line => line.Level == LogLevel.Error);
        Assert.DoesNotContain(_logs.Lines, line => line.Text.Contains("xxx", StringComparison.Ordinal));
        Assert.InRange(_meters.Of("kaichat.storage.commit.failed").Sum(), 4, 24);
        Assert.Equal(stored + 1, _meters.Of("kaichat.storage.appended").Sum());
    }

    /// <summary>Lets the writer probe; returns when it has.</summary>
    private async Task ProbeAsync(SqliteMessageLog log, MessageDraft repeated)
    {
        await _clock.WhenTimerDueAsync(ProbeInterval);
        _clock.Advance(ProbeInterval);
        // Queued behind the probe. In the same batch as a failing probe it fails as well.
        await log.AppendAsync(repeated, default).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
