using System.Runtime.Versioning;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Backup;

/// <summary>Restoring: all or nothing, and never at the cost of what is there.</summary>
public sealed class RestoreTests : IAsyncLifetime
{
    private readonly BackupBench _bench = new();

    private string Target => _bench.File("target");

    public async ValueTask InitializeAsync()
    {
        await _bench.FillAsync();
        _bench.Write(withSecrets: true);
    }

    public ValueTask DisposeAsync()
    {
        _bench.Dispose();
        return default;
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Secrets_come_back_for_the_owner_only()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        Restore();

        Assert.Equal(["admin.key", "certificate.key", "certificate.pem", "keys/key-1.xml", "messages.db", "messages.lock"], BackupBench.Files(Target));
        Assert.Equal("the key\n", File.ReadAllText(Path.Combine(Target, "admin.key")));
        Assert.All(BackupBench.Files(Target), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Target, file))));
        foreach (var directory in (string[])[Target, Path.Combine(Target, "keys")])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        }
    }

    [Fact]
    public async Task A_directory_that_a_server_uses_is_refused()
    {
        await using var log = TestStorage.Open(Target);

        Assert.Equal($"Storage:Directory: another server uses {Target}. Stop it, or name another directory.", Assert.Throws<StorageStartException>(() => Restore(force: true)).Message);
    }

    [Fact]
    public async Task A_database_that_is_there_is_refused_and_kept()
    {
        await OtherHistoryAsync();
        var before = BackupBench.Files(Target);

        Assert.Equal(
            $"{Path.Combine(Target, "messages.db")} is there already. Name another directory with --Storage:Directory, or move what is there aside with --force.",
            Assert.Throws<WorkRefusedException>(() => Restore()).Message);

        Assert.Equal(before, BackupBench.Files(Target));
        Assert.Equal("other", Assert.Single(await BackupBench.ReadAllAsync(Target)).Text);
    }

    [Fact]
    public async Task Force_moves_aside_what_is_there_whole()
    {
        await OtherHistoryAsync();
        await File.WriteAllTextAsync(Path.Combine(Target, "admin.key"), "old key");
        await File.WriteAllTextAsync(Path.Combine(Target, "search.db"), "of the old history");
        await File.WriteAllTextAsync(Path.Combine(Target, "search.db-wal"), "of the old history");

        var aside = Restore(force: true);

        Assert.Equal(["messages-before-20260504T030201Z.db", "admin-before-20260504T030201Z.key"], aside.Select(Path.GetFileName));
        Assert.Equal(
            ["admin-before-20260504T030201Z.key", "admin.key", "certificate.key", "certificate.pem", "keys/key-1.xml", "messages-before-20260504T030201Z.db", "messages.db", "messages.lock"],
            BackupBench.Files(Target));
        Assert.Equal("old key", await File.ReadAllTextAsync(Path.Combine(Target, "admin-before-20260504T030201Z.key")));
        Assert.Equal(307, (await BackupBench.ReadAllAsync(Target)).Count);
        using var old = new SqliteShell(Path.Combine(Target, "messages-before-20260504T030201Z.db"));
        Assert.Equal("other", old.Scalar("SELECT text FROM messages"));
    }

    [Fact]
    public async Task A_write_ahead_log_goes_aside_with_its_database_and_is_not_taken_for_the_new_ones()
    {
        // A server that was killed: its last messages are in the write-ahead log only.
        Directory.CreateDirectory(Target);
        await using (var log = TestStorage.Open(_bench.File("other")))
        {
            var open = await log.OpenAsync(Drafts.Channel("@other"), Drafts.Noon, default);
            await log.AppendAsync(Drafts.To(open, "in the write-ahead log"), default);
            foreach (var name in (string[])["messages.db", "messages.db-wal"]) File.Copy(Path.Combine(_bench.File("other"), name), Path.Combine(Target, name));
        }

        var aside = Restore(force: true);

        Assert.Equal(["messages-before-20260504T030201Z.db", "messages-before-20260504T030201Z.db-wal"], aside.Select(Path.GetFileName));
        Assert.Equal(await BackupBench.ReadAllAsync(_bench.Data), await BackupBench.ReadAllAsync(Target));
        using var old = new SqliteShell(aside[0]);
        Assert.Equal("in the write-ahead log", old.Scalar("SELECT text FROM messages"));
    }

    [Fact]
    public async Task Restoring_twice_in_a_second_loses_neither()
    {
        await OtherHistoryAsync();
        Restore(force: true);

        Assert.Contains("messages-before-20260504T030201Z-2.db", Restore(force: true).Select(Path.GetFileName));
        Assert.Contains("messages-before-20260504T030201Z.db", BackupBench.Files(Target));
    }

    [Fact]
    public async Task What_cannot_be_put_in_its_place_is_taken_back()
    {
        await OtherHistoryAsync();
        await File.WriteAllTextAsync(Path.Combine(Target, "admin.key"), "old key");
        // No file that could be deleted: the old ones are aside by the time that is noticed.
        Directory.CreateDirectory(Path.Combine(Target, "messages.db-shm"));
        var before = BackupBench.Files(Target);

        var refused = Assert.Throws<WorkRefusedException>(() => Restore(force: true));

        Assert.StartsWith($"{_bench.Zip} cannot be restored into {Target}: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, BackupBench.Files(Target));
        Assert.Equal("old key", await File.ReadAllTextAsync(Path.Combine(Target, "admin.key")));
        Directory.Delete(Path.Combine(Target, "messages.db-shm"));
        Assert.Equal("other", Assert.Single(await BackupBench.ReadAllAsync(Target)).Text);
    }

    [Fact]
    public async Task A_cancelled_restore_has_touched_nothing()
    {
        await OtherHistoryAsync();
        var before = BackupBench.Files(Target);
        using var stop = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() =>
            new BackupRestore(_bench.Clock).Restore(_bench.Zip, Target, force: true, new At("checking", stop.Cancel), stop.Token));

        Assert.Equal(before, BackupBench.Files(Target));
    }

    [Fact]
    public async Task No_server_starts_on_a_restore_that_was_killed_and_the_next_restore_ends_it()
    {
        await OtherHistoryAsync();
        Directory.CreateDirectory(Path.Combine(Target, ".restore-killed"));
        using (var held = DataDirectory.TakeForRestore(Target)) held.BeginRestore();

        Assert.StartsWith($"Storage:Directory: a restore into {Target} was interrupted.", Assert.Throws<StorageStartException>(() => TestStorage.Open(Target)).Message, StringComparison.Ordinal);

        Restore(force: true);
        Assert.Equal(307, (await BackupBench.ReadAllAsync(Target)).Count);
        Assert.False(Directory.Exists(Path.Combine(Target, ".restore-killed")));
    }

    [Fact]
    public async Task An_older_schema_is_backed_up_and_restored_as_it_is_and_migrated_by_the_next_start()
    {
        var old = Directory.CreateDirectory(_bench.File("old")).FullName;
        using (var resource = typeof(RestoreTests).Assembly.GetManifestResourceStream("Schemas/1.sql")!)
        using (var reader = new StreamReader(resource))
        using (var shell = new SqliteShell(Path.Combine(old, "messages.db"))) shell.Execute(await reader.ReadToEndAsync());

        var made = new BackupWriter(_bench.Clock).Write(old, _bench.File("old.zip"), withSecrets: false, progress: null, default);
        new BackupRestore(_bench.Clock).Restore(_bench.File("old.zip"), Target, force: false, progress: null, default);

        Assert.Equal((1, 3L), (made.Schema, made.Counts.Messages));
        using (var restored = new SqliteShell(Path.Combine(Target, "messages.db"))) Assert.Equal(1L, restored.Scalar("PRAGMA user_version"));
        Assert.Equal(3, (await BackupBench.ReadAllAsync(Target)).Count);
    }

    private IReadOnlyList<string> Restore(bool force = false) => new BackupRestore(_bench.Clock).Restore(_bench.Zip, Target, force, progress: null, default).MovedAside;

    private async Task OtherHistoryAsync()
    {
        await using var log = TestStorage.Open(Target);
        var open = await log.OpenAsync(Drafts.Channel("@other"), Drafts.Noon, default);
        await log.AppendAsync(Drafts.To(open, "other"), default);
    }

    private sealed class At(string stage, Action then) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Stage == stage) then();
        }
    }
}
