using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Search;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>The index on FTS5 against the specification of all indexes, and what becomes of its file.</summary>
public sealed class SqliteSearchIndexTests : SearchIndexSpecification
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CapturedLogs _logs = new();
    private SqliteMessageLog _log = null!;
    private SqliteSearchIndex _index = null!;

    internal override IMessageLog Log => _log;

    internal override ISearchIndex Index => _index;

    private string File => _directory.File("search.db");

    [Fact]
    public async Task What_is_missing_is_taken_up_when_it_is_opened()
    {
        await PostAsync("word 1");
        Assert.Single((await SearchAsync("word")).Messages);
        await _index.DisposeAsync();
        for (var i = 2; i <= 1_200; i++) _ = PostAsync($"word {i}");
        await PostAsync("word last");
        await _log.RemoveAsync(Room.Id, 1, 1, default);
        Open();

        Assert.Equal(50, (await SearchAsync("word")).Messages.Count);
        Assert.Equal((1_200L, 1_200L), await CountsAsync());
    }

    [Fact]
    public async Task What_changed_without_the_index_is_taken_up_when_it_is_opened()
    {
        var ada = Drafts.Author("ada");
        for (var i = 1; i <= 3; i++) await _log.AppendAsync(Drafts.To(Room, $"word {i}", ada), default);
        await SearchAsync("word");
        await _index.DisposeAsync();
        await _log.ChangeAsync(new TextEdit(Room.Id, 1, ada, Drafts.Noon, "changed", DateTimeOffset.MinValue), default);
        await _log.ChangeAsync(new Deletion(Room.Id, 2, ada, Drafts.Noon), default);
        await _log.AppendAsync(Drafts.To(Room, "word 4", ada), default);
        await _log.ChangeAsync(new TextEdit(Room.Id, 4, ada, Drafts.Noon, "changed, too", DateTimeOffset.MinValue), default);

        Open();

        Assert.Equal(["word 3"], await TextsAsync("word"));
        Assert.Equal(["changed, too", "changed"], await TextsAsync("changed"));
        Assert.Equal((4L, 3L), await CountsAsync());
        await _index.DisposeAsync();
        using (var shell = new SqliteShell(_directory.File("messages.db"))) Assert.Equal(0L, shell.Scalar("SELECT count(*) FROM unindexed"));
        // As after a crash between the two databases: the same is done again.
        using (var shell = new SqliteShell(_directory.File("messages.db"))) shell.Execute("INSERT INTO unindexed (id, rev) VALUES (1, 1), (2, 2), (4, 3)");
        Open();
        Assert.Equal(["changed, too", "changed"], await TextsAsync("changed"));
        Assert.Equal((4L, 3L), await CountsAsync());
    }

    [Fact]
    public async Task A_lost_index_is_made_again()
    {
        await PostAsync("word");
        await _index.DisposeAsync();
        foreach (var file in Directory.GetFiles(_directory.Path, "search.db*")) System.IO.File.Delete(file);

        Open();

        Assert.Equal(["word"], await TextsAsync("word"));
    }

    [Fact]
    public async Task A_damaged_index_is_made_again_and_the_operator_told()
    {
        await PostAsync("word");
        await _index.DisposeAsync();
        await System.IO.File.WriteAllTextAsync(File, new string('?', 5_000));

        Open();

        Assert.Equal(["word"], await TextsAsync("word"));
        Assert.Contains(_logs.Lines, line => line.EventId == 2103);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 77")]
    [InlineData("UPDATE source SET log = 'another'")]
    public async Task An_index_of_another_form_or_of_another_log_is_emptied_and_filled_anew(string change)
    {
        await PostAsync("word");
        await SearchAsync("word");
        await _index.DisposeAsync();
        using (var shell = new SqliteShell(File)) shell.Execute(change + "; INSERT INTO entries (rowid, text, scope) VALUES (99, 'word', 'c1')");

        Open();

        Assert.Equal(["word"], await TextsAsync("word"));
        Assert.Equal((1L, 1L), await CountsAsync());
    }

    [Fact]
    public async Task A_search_that_takes_too_long_says_so()
    {
        for (var i = 0; i < 3_000; i++) _ = PostAsync($"common {i}");
        await PostAsync("common last");
        await _index.DisposeAsync();
        Open(searchTime: TimeSpan.FromMilliseconds(0));

        // All of them are looked at, for none is so young.
        var result = await SearchAsync("common after:2026-03-01T13:00");

        Assert.Empty(result.Messages);
        Assert.True(result.Incomplete);
    }

    [Fact]
    public async Task The_index_is_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        await PostAsync("word");
        await SearchAsync("word");

        Assert.All(Directory.GetFiles(_directory.Path, "search.db*"), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file)));
    }

    public override async ValueTask InitializeAsync()
    {
        _log = TestStorage.Open(_directory.Path);
        Room = await _log.OpenAsync(Drafts.Channel("@room"), Drafts.Noon, default);
        Open();
    }

    public override async ValueTask DisposeAsync()
    {
        await _index.DisposeAsync();
        await _log.DisposeAsync();
        _directory.Dispose();
    }

    private void Open(TimeSpan? searchTime = null) => _index = SqliteSearchIndex.Open(
        _log, new StorageOptions { SearchTime = searchTime ?? TimeSpan.FromMinutes(1) }, _logs.CreateLogger("index"));

    /// <summary>Messages in the log and entries in the index.</summary>
    private async Task<(long Messages, long Entries)> CountsAsync()
    {
        await _index.CatchUpAsync();
        using var log = new SqliteShell(_directory.File("messages.db"));
        using var index = new SqliteShell(File);
        return ((long)log.Scalar("SELECT count(*) FROM messages")!, (long)index.Scalar("SELECT count(*) FROM entries")!);
    }
}
