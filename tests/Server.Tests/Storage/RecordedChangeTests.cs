using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>A change by operators and its record are in one transaction: whichever of the two fails, there is neither.</summary>
public sealed class RecordedChangeTests : IDisposable
{
    private static readonly ChatSanction Ban = new(
        0, SanctionKind.Ban, Drafts.Author("Troll").Name, Network: null, Channel: null, "spam", "ops", Drafts.Noon, Until: null);

    private static readonly SettledChannel Dev = SettledChannel.None(Drafts.Channel("@dev")) with { Topic = "Work", Rev = 1 };

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Every change that is in the database, and the writing statement of its own table.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "sanction.add", "INSERT ON sanctions" },
        { "sanction.remove", "DELETE ON sanctions" },
        { "setting", "INSERT ON settings" },
        { "key.add", "INSERT ON api_keys" },
        { "key.revoke", "UPDATE ON api_keys" },
        { "channel.save", "INSERT ON channel_settings" },
        { "channel.forget", "DELETE ON channel_settings" },
        { "message.delete", "UPDATE ON messages" },
    };

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Neither_is_there_if_one_of_them_fails(string change, string own)
    {
        await using var log = TestStorage.Open(_directory.Path);
        var room = await log.OpenAsync(Drafts.Channel("@room"), Drafts.Noon, default);
        await log.AppendAsync(Drafts.To(room, "hello"), default);
        var ban = await log.Sanctions.AddAsync(Ban, _ => Drafts.Record());
        var key = await log.Keys.AddAsync(Key("first", 1), _ => Drafts.Record());
        await log.ChannelSettings.SaveAsync(Dev, Drafts.Record());
        using var shell = new SqliteShell(_directory.File("messages.db"));
        var before = All(shell);

        foreach (var failing in (string[])[own, "INSERT ON audit"])
        {
            shell.Execute($"CREATE TRIGGER failing BEFORE {failing} BEGIN SELECT raise(ABORT, 'the test says so'); END");
            await Assert.ThrowsAsync<LogUnavailableException>(() => DoAsync(log, change, room.Id, ban.Id, key!.Id));
            shell.Execute("DROP TRIGGER failing");
            Assert.Equal(before, All(shell));
        }

        var recorded = new List<long>();
        log.Audit.Recorded += recorded.Add;
        await DoAsync(log, change, room.Id, ban.Id, key!.Id);
        Assert.NotEqual(before, All(shell));
        // Told once, under its id, when it was on the disk.
        Assert.Equal(Assert.Single(recorded), Assert.Single(await log.Audit.ReadAsync(new AuditFilter(Action: change), long.MaxValue, 10, default)).Id);
    }

    [Fact]
    public async Task What_changes_nothing_is_not_recorded()
    {
        await using var log = TestStorage.Open(_directory.Path);
        var key = await log.Keys.AddAsync(Key("first", 1), _ => Drafts.Record("key.add"));
        await log.Keys.RevokeAsync(key!.Id, Drafts.Noon, Drafts.Record("key.revoke"));

        Assert.Null(await log.Keys.AddAsync(Key("FIRST", 2), _ => Drafts.Record("again")));
        await log.Keys.RevokeAsync(key.Id, Drafts.Noon, Drafts.Record("again"));
        await log.Keys.RevokeAsync(99, Drafts.Noon, Drafts.Record("again"));

        Assert.Equal(["key.revoke", "key.add"], (await log.Audit.ReadAsync(new AuditFilter(), long.MaxValue, 10, default)).Select(record => record.Entry.Action));
    }

    private static Task DoAsync(SqliteMessageLog log, string change, ConversationId room, long ban, long key)
    {
        var record = Drafts.Record(change);
        return change switch
        {
            "sanction.add" => log.Sanctions.AddAsync(Ban, _ => record),
            "sanction.remove" => log.Sanctions.RemoveAsync([ban], [record]),
            "setting" => log.Settings.WriteAsync("level", "1", record),
            "key.add" => log.Keys.AddAsync(Key("second", 2), _ => record),
            "key.revoke" => log.Keys.RevokeAsync(key, Drafts.Noon, record),
            "channel.save" => log.ChannelSettings.SaveAsync(Dev with { Topic = "Play" }, record),
            "channel.forget" => log.ChannelSettings.ForgetAsync(Dev.Name, record),
            "message.delete" => log.ChangeAsync(new Deletion(room, 1, MessageChange.AnOperator, Drafts.Noon) { Record = _ => record }, default),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "No such change."),
        };
    }

    private static NewKey Key(string name, byte secret) => new(name, [.. Enumerable.Repeat(secret, 32)], ["audit:read"], Drafts.Noon, "admin", ExpiresAt: null);

    /// <summary>All that the changes change.</summary>
    private static string All(SqliteShell shell) => string.Join('\n', ((string[])
    [
        "SELECT group_concat(id || name, ' ') FROM sanctions", "SELECT group_concat(name || value, ' ') FROM settings", "SELECT group_concat(name || coalesce(revoked_at, 0), ' ') FROM api_keys",
        "SELECT group_concat(name || topic, ' ') FROM channel_settings", "SELECT group_concat(text || rev, ' ') FROM messages", "SELECT group_concat(rev, ' ') FROM conversations",
        "SELECT group_concat(id || action, ' ') FROM audit",
    ]).Select(shell.Scalar));
}
