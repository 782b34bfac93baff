using KaiChat.Server.Chat.Search;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Search;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Server.Tests.Storage;

/// <summary>Readers that are all at work, or cannot read.</summary>
public sealed class ReaderPoolTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Who_waits_too_long_for_a_reader_is_refused_and_the_next_one_is_served()
    {
        var words = new ReaderWords("It", (_, _, _) => { }, (_, _) => { }, _ => { });
        await using var pool = new ReaderPool<TemporaryDirectory>(() => new TemporaryDirectory(), most: 1, TimeSpan.FromMilliseconds(50), words, NullLogger.Instance);
        using var goOn = new ManualResetEventSlim();
        var first = pool.ReadAsync(_ => goOn.Wait(TimeSpan.FromSeconds(20)), default);

        var refused = await Assert.ThrowsAsync<LogUnavailableException>(() => pool.ReadAsync(_ => 1, default));

        Assert.Equal("It is being read by too many others.", refused.Message);
        goOn.Set();
        Assert.True(await first);
        Assert.Equal(1, await pool.ReadAsync(_ => 1, default));
    }

    [Fact]
    public async Task A_search_index_that_cannot_be_read_is_called_that()
    {
        using var logs = new CapturedLogs();
        using var disk = new FaultyDisk(_directory.Path);
        await using var log = TestStorage.Open(_directory.Path);
        await using var index = SqliteSearchIndex.Open(log, new StorageOptions { Directory = _directory.Path }, TimeProvider.System, logs.CreateLogger("search"));
        await index.CatchUpAsync();
        disk.Fault = DiskFault.Read;

        await Assert.ThrowsAsync<LogUnavailableException>(() => SearchAsync());

        disk.Fault = DiskFault.None;
        await SearchAsync();
        Assert.Equal([2104, 2106], logs.Lines.Select(line => line.EventId).Where(id => id is > 2103 and < 2107 or 2007 or 2009));

        Task SearchAsync() => index.SearchAsync(SearchQuery.Parse("word"), within: null, long.MaxValue, 10, default);
    }
}
