using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>Removal from the SQLite log against the specification of all logs, and what becomes of its file.</summary>
public sealed class SqliteLogRetentionTests : LogRetentionSpecification
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteMessageLog? _log;

    [Fact]
    public async Task Space_returns_to_the_file_system()
    {
        var room = await Log.OpenAsync(Drafts.Channel("@room"), Drafts.Noon, default);
        for (var i = 0; i < 2_000; i++) await Log.AppendAsync(Drafts.To(room, new string('x', 2_000)), default);
        var file = new FileInfo(_directory.File("messages.db"));
        await CloseLogAsync();
        file.Refresh();
        var full = file.Length;
        await OpenLogAsync();

        while (await _log!.RemoveAsync(room.Id, 1_990, 500, default) > 0)
        {
        }
        var steps = 1;
        while (await _log.ReturnSpaceAsync(default)) steps++;

        await CloseLogAsync();
        file.Refresh();
        Assert.True(file.Length < full / 10, $"{file.Length} of {full} bytes are left.");
        Assert.True(steps > 1, "In steps, so that nobody waits for long.");
        await OpenLogAsync();
    }

    [Fact]
    public async Task A_file_that_gives_nothing_back_is_not_asked_for_ever()
    {
        var room = await Log.OpenAsync(Drafts.Channel("@room"), Drafts.Noon, default);
        for (var i = 0; i < 500; i++) await Log.AppendAsync(Drafts.To(room, new string('x', 2_000)), default);
        // As an older release made it, without room to rebuild it at the start.
        using (var shell = new SqliteShell(_directory.File("messages.db"))) shell.Execute("PRAGMA auto_vacuum = 0; VACUUM");
        Assert.True(await _log!.RemoveAsync(room.Id, 490, 500, default) > 0);

        Assert.False(await _log.ReturnSpaceAsync(default));
    }

    [Fact]
    public async Task No_row_is_left_of_what_was_removed()
    {
        var room = await Log.OpenAsync(Drafts.Channel("@room"), Drafts.Noon, default);
        var ada = Drafts.Author("ada");
        for (var i = 0; i < 5; i++) await Log.AppendAsync(Drafts.To(room, "text", ada), default);
        await Log.ChangeAsync(new TextEdit(room.Id, 1, ada, Drafts.Noon, "edited", DateTimeOffset.MinValue), default);
        await Log.ChangeAsync(new ReactionChange(room.Id, 2, ada, Drafts.Noon, "👍", On: true), default);
        await _log!.Sessions.MarkReadAsync([new(new(1), room.Id, 5)]);
        await _log.RemoveAsync(room.Id, 5, 100, default);
        await _log.FollowedAsync([new(1, 1), new(2, 0), new(3, 0), new(4, 0), new(5, 0)]);
        // An edit that the index had not followed is a removal now.
        await _log.FollowedAsync([new(1, 0)]);
        await _log.CloseAsync(room.Id, Drafts.Noon, default);
        await _log.ForgetEmptyAsync(default);
        await CloseLogAsync();

        using (var shell = new SqliteShell(_directory.File("messages.db")))
        {
            foreach (var table in new[] { "messages", "conversations", "read_markers", "unindexed", "message_versions", "reactions" }) Assert.Equal(0L, shell.Scalar($"SELECT count(*) FROM {table}"));
        }
        await OpenLogAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<IMessageLog> OpenLogAsync()
    {
        _log = TestStorage.Open(_directory.Path);
        return Task.FromResult<IMessageLog>(_log);
    }

    internal override async Task CloseLogAsync() => await _log!.DisposeAsync();
}
