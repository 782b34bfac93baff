using KaiChat.Server.Storage.Search;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Tests.Storage;

/// <summary>The index's writer over a disk that fails: a batch is in it whole or not at all, and whatever failed, it can go on or be closed.</summary>
public sealed class SearchWriterFaultTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private readonly FaultyDisk _disk;

    public SearchWriterFaultTests() => _disk = new FaultyDisk(_directory.Path);

    public void Dispose()
    {
        _disk.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(DiskFault.Write)]
    [InlineData(DiskFault.Full)]
    public void It_can_be_closed_after_a_failure(DiskFault fault)
    {
        var writer = Open();
        _disk.Fault = fault;
        Assert.Throws<SqliteException>(() => writer.Add(Words(1, 500)));
        Assert.True(_disk.Struck > 0);

        writer.Dispose();

        _disk.Fault = DiskFault.None;
        using var again = Open();
        Assert.Equal(0, again.IndexedThrough);
    }

    [Theory]
    [InlineData(DiskFault.Write)]
    [InlineData(DiskFault.Full)]
    public void It_goes_on_after_a_failure_with_nothing_twice(DiskFault fault)
    {
        using (var writer = Open())
        {
            writer.Add(Words(1, 10));
            _disk.Fault = fault;
            Assert.Throws<SqliteException>(() => writer.Add(Words(11, 500)));
            Assert.Throws<SqliteException>(() => writer.Replace(Words(1, 10).Select(word => (word.Id, (LoggedEntry?)null))));
            _disk.Fault = DiskFault.None;
            Assert.Equal(10, writer.IndexedThrough);
            writer.Add(Words(11, 500));
        }

        using var shell = new SqliteShell(_directory.File("search.db"));
        Assert.Equal(510L, shell.Scalar("SELECT count(*) FROM entries"));
    }

    [Fact]
    public void What_has_changed_is_on_the_disk_before_the_log_may_forget_it()
    {
        using var writer = Open();
        writer.Add(Words(1, 2));
        _disk.Fault = DiskFault.Sync;
        // What is added is found missing at the next start. Of a change nobody would know.
        writer.Add(Words(3, 1));
        Assert.Throws<SqliteException>(() => writer.Replace([(1, null)]));
        Assert.True(_disk.Struck > 0);
        _disk.Fault = DiskFault.None;
    }

    private SearchWriter Open()
    {
        DataDirectory.Provide(_directory.File("search.db"));
        return new SearchWriter(_directory.File("search.db"), "log");
    }

    private static List<LoggedEntry> Words(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(id => new LoggedEntry(id, 1, "ada", Noon, $"word {id}", IsDeleted: false))];
}
