using System.IO.Compression;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage.Backup;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Backup;

/// <summary>What a backup holds, and that making one disturbs nobody.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly BackupBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task What_is_backed_up_and_restored_elsewhere_is_equal()
    {
        await _bench.FillAsync();

        var made = _bench.Write();
        var verified = BackupBench.Verify(_bench.Zip);
        var (restored, aside) = new BackupRestore(_bench.Clock).Restore(_bench.Zip, _bench.File("elsewhere"), force: false, progress: null, default);

        Assert.Equal(new BackupCounts(3, 2, 307, 3, 307), made.Counts);
        Assert.Equal((made.Counts, made.CreatedAt, 1), (verified.Counts, verified.CreatedAt, verified.FormatVersion));
        Assert.Equal(made.Counts, restored.Counts);
        Assert.Empty(aside);
        var there = await BackupBench.ReadAllAsync(_bench.File("elsewhere"));
        Assert.Equal(307, there.Count);
        Assert.Equal(await BackupBench.ReadAllAsync(_bench.Data), there);
    }

    [Fact]
    public async Task Secrets_are_in_it_only_if_asked_for()
    {
        await _bench.FillAsync();
        await File.WriteAllTextAsync(Path.Combine(_bench.Data, "search.db"), "derived");
        await File.WriteAllTextAsync(Path.Combine(_bench.Data, "keys", "notes.txt"), "somebody's own");

        Assert.False(_bench.Write().WithSecrets);
        Assert.Equal(["manifest.json", "messages.db"], Entries());
        File.Delete(_bench.Zip);
        Assert.True(_bench.Write(withSecrets: true).WithSecrets);
        Assert.Equal(["manifest.json", "messages.db", "admin.key", "certificate.pem", "certificate.key", "keys/key-1.xml"], Entries());
        BackupBench.Verify(_bench.Zip);

        string[] Entries()
        {
            using var zip = ZipFile.OpenRead(_bench.Zip);
            return [.. zip.Entries.Select(entry => entry.FullName)];
        }
    }

    [Fact]
    public async Task It_is_the_owners_alone_and_nothing_is_left_beside_it()
    {
        await _bench.FillAsync();

        _bench.Write();
        BackupBench.Verify(_bench.Zip);

        Assert.Equal(["backup.zip"], Directory.GetFiles(_bench.File("")).Select(Path.GetFileName));
        Assert.Equal([_bench.Data], Directory.GetDirectories(_bench.File("")));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_bench.Zip));
    }

    [Fact]
    public async Task A_target_that_exists_is_refused_and_kept()
    {
        await _bench.FillAsync();
        await File.WriteAllTextAsync(_bench.Zip, "precious");

        var refused = Assert.Throws<WorkRefusedException>(() => _bench.Write());

        Assert.Equal($"{_bench.Zip} exists. Name another file, or move it away.", refused.Message);
        Assert.Equal("precious", await File.ReadAllTextAsync(_bench.Zip));
    }

    [Fact]
    public void A_directory_without_a_database_is_refused() =>
        Assert.Equal(
            $"Storage:Directory: there is no database {Path.Combine(_bench.Data, "messages.db")}.",
            Assert.Throws<WorkRefusedException>(() => _bench.Write()).Message);

    [Fact]
    public async Task A_cancelled_backup_leaves_nothing()
    {
        await _bench.FillAsync();
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => new BackupWriter(_bench.Clock).Write(_bench.Data, _bench.Zip, withSecrets: true, new CancelAt("packing", stop), stop.Token));

        Assert.Empty(Directory.GetFiles(_bench.File("")));
    }

    [Fact]
    public async Task Progress_rises_to_the_whole()
    {
        await _bench.FillAsync();
        var seen = new Seen();

        new BackupWriter(_bench.Clock).Write(_bench.Data, _bench.Zip, withSecrets: true, seen, default);

        Assert.Equal(["copying", "counting", "packing", "sealing"], seen.All.Select(progress => progress.Stage).Distinct());
        Assert.Equal(seen.All.Select(progress => progress.Fraction).Order(), seen.All.Select(progress => progress.Fraction));
        Assert.Equal(1, seen.All[^1].Fraction);
    }

    [Fact]
    public async Task What_a_killed_server_left_in_its_write_ahead_log_is_in_the_backup()
    {
        await _bench.FillAsync();
        IReadOnlyList<ChatMessage> all;
        await using (var log = TestStorage.Open(_bench.Data))
        {
            await log.AppendAsync(Drafts.To(new ConversationId(2), "only in the write-ahead log"), default);
            all = await BackupBench.ReadAllAsync(log);
            Directory.CreateDirectory(_bench.File("killed"));
            foreach (var name in (string[])["messages.db", "messages.db-wal"]) File.Copy(Path.Combine(_bench.Data, name), Path.Combine(_bench.File("killed"), name));
        }
        Assert.NotEqual(0, new FileInfo(Path.Combine(_bench.File("killed"), "messages.db-wal")).Length);

        var made = new BackupWriter(_bench.Clock).Write(_bench.File("killed"), _bench.Zip, withSecrets: false, progress: null, default);

        Assert.Equal(all.Count, made.Counts.Messages);
        new BackupRestore(_bench.Clock).Restore(_bench.Zip, _bench.File("elsewhere"), force: false, progress: null, default);
        Assert.Equal(all, await BackupBench.ReadAllAsync(_bench.File("elsewhere")));
    }

    [Fact]
    public async Task A_writer_at_full_speed_neither_waits_for_the_copy_nor_makes_it_begin_again()
    {
        await _bench.FillAsync();
        await using var log = TestStorage.Open(_bench.Data);
        var dev = new ConversationId(3);
        var atTheCopy = new List<long>();
        // Commits between any two steps of the copy, awaited by the very thread that copies: if either waited for the other, this would not end.
        var writing = new Seen
        {
            Then = progress =>
            {
                if (progress.Stage != "copying") return;
                Assert.InRange(atTheCopy.Count, 0, 10_000);      // else it begins again and again
                for (var i = 0; i < 50; i++) atTheCopy.Add(log.AppendAsync(Drafts.To(dev, $"meanwhile {i}"), default).GetAwaiter().GetResult().Message.Seq);
            },
        };

        var made = await Task.Run(() => new BackupWriter(_bench.Clock, pagesAtATime: 4).Write(_bench.Data, _bench.Zip, withSecrets: false, writing, default));

        var copied = writing.All.Where(progress => progress.Stage == "copying").ToArray();
        Assert.InRange(copied.Length, 5, 1000);
        Assert.Equal(copied.Select(progress => progress.Done).Distinct().Order(), copied.Select(progress => progress.Done));
        Assert.Equal(307, made.Counts.Messages);
        Assert.Equal(Enumerable.Range(301, copied.Length * 50).Select(seq => (long)seq), atTheCopy);
        new BackupRestore(_bench.Clock).Restore(_bench.Zip, _bench.File("elsewhere"), force: false, progress: null, default);
        var there = await BackupBench.ReadAllAsync(_bench.File("elsewhere"));
        Assert.Equal((await BackupBench.ReadAllAsync(log)).Where(message => message.Conversation != dev || message.Seq <= 300), there);
    }

    /// <summary>Keeps what it is told, and does something each time.</summary>
    private sealed class Seen : IProgress<WorkProgress>
    {
        public List<WorkProgress> All { get; } = [];

        public Action<WorkProgress> Then { get; init; } = _ => { };

        public void Report(WorkProgress value)
        {
            All.Add(value);
            Then(value);
        }
    }

    private sealed class CancelAt(string stage, CancellationTokenSource stop) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Stage == stage) stop.Cancel();
        }
    }
}
