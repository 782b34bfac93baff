using System.Runtime.Versioning;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>What an operator hears when the log cannot be opened, and whom its files can be read by.</summary>
public sealed class SqliteStartTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Makes_its_directory_and_files_for_the_owner_only()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        var data = _directory.File("new/data");
        await using var log = TestStorage.Open(data);
        await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data));
        var files = Directory.EnumerateFiles(data).ToList();
        Assert.Equal(
            ["messages.db", "messages.db-shm", "messages.db-wal", "messages.lock"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Names_the_directory_the_user_and_the_cure_if_it_cannot_write()
    {
        // Nobody, not even root, makes files here.
        const string Unwritable = "/sys/kernel";
        if (!Directory.Exists(Unwritable)) Assert.Skip("Only Linux has a directory that nobody can write to.");

        var message = Message(Unwritable);

        Assert.StartsWith("Storage:Directory: /sys/kernel cannot be written by uid ", message, StringComparison.Ordinal);
        Assert.Matches("chown -R [0-9]+ '/sys/kernel'", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public async Task Says_that_the_directory_is_a_file()
    {
        var file = _directory.File("data");
        await File.WriteAllTextAsync(file, "");

        Assert.Equal($"Storage:Directory: {file} is a file, not a directory. Name another one.", Message(file));
    }

    [Fact]
    public async Task Lets_one_server_at_a_time_in()
    {
        await using (TestStorage.Open(_directory.Path))
        {
            Assert.Equal(
                $"Storage:Directory: another server uses {_directory.Path}. Stop it, or name another directory.", Message(_directory.Path));
        }

        await using var log = TestStorage.Open(_directory.Path);
        Assert.True(log.IsWritable);
    }

    [Theory]
    [InlineData(0)]       // the header
    [InlineData(100)]     // the root of the schema
    public async Task Refuses_a_damaged_database_by_name_and_leaves_it_alone(int offset)
    {
        var file = _directory.File("messages.db");
        await using (var log = TestStorage.Open(_directory.Path)) await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
        var damaged = await File.ReadAllBytesAsync(file);
        damaged.AsSpan(offset, 60).Fill(0xA5);
        await File.WriteAllBytesAsync(file, damaged);

        Assert.StartsWith($"{file} is damaged (", Message(_directory.Path), StringComparison.Ordinal);

        Assert.Equal(damaged, await File.ReadAllBytesAsync(file));
        Assert.StartsWith($"{file} is damaged (", Message(_directory.Path), StringComparison.Ordinal);      // not "in use": it let go
    }

    [Fact]
    public void The_writer_waits_for_the_disk()
    {
        // A kill cannot tell whether a commit reached the disk, a power cut can.
        var file = _directory.File("messages.db");
        File.WriteAllBytes(file, []);
        SqliteLibrary.Use();
        using var connection = SqliteConnections.OpenWriter(file, maxMegabytes: 0);

        Assert.Equal(2L, connection.Scalar("PRAGMA synchronous"));
        Assert.Equal(1L, connection.Scalar("PRAGMA fullfsync"));
        Assert.Equal("wal", connection.Scalar("PRAGMA journal_mode"));
    }

    [Fact]
    public void Says_what_to_install_if_the_system_has_no_SQLite()
    {
        var message = Assert.Throws<StorageStartException>(() => SqliteLibrary.Find(["libnothing.so.0", "libnothing.so"])).Message;

        Assert.Contains("libnothing.so.0, libnothing.so", message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libsqlite3-0", message, StringComparison.Ordinal);
    }

    private static string Message(string directory) => Assert.Throws<StorageStartException>(() => TestStorage.Open(directory)).Message;
}
