using System.Globalization;
using System.Runtime.Versioning;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Server.Tests.Storage;

/// <summary>Databases of other releases. <c>Schemas/</c> holds one frozen database for each schema that was ever released.</summary>
public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));

    private string Database => _directory.File("messages.db");

    public static TheoryData<int> Released => [.. Enumerable.Range(1, Schema.Migrations.Count)];

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Released))]
    public async Task Goes_on_with_the_history_of_every_released_schema(int version)
    {
        Restore(version);
        var ada = Drafts.Author("Ada", new SessionId(81985529216486895));

        await using var log = TestStorage.Open(_directory.Path);

        var general = Assert.Single(await log.ReadOpenConversationsAsync(default));
        Assert.Equal((2, "@General", 2), (general.Id.Value, general.Name.Value, general.LastSeq));
        var messages = await log.ReadAfterAsync(general.Id, 0, 10, default);
        Assert.Equal(
            [(1, "Grüße 👋", Origin.Web, "d7f2"), (2, "hi", Origin.Native, null)],
            messages.Select(message => (message.Seq, message.Text, message.Origin, message.ClientMessageId)));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 11, 40, TimeSpan.Zero).AddTicks(1), messages[0].SentAt);
        Assert.Equal(ada, messages[0].Author);
        Assert.Equal("before it closed", Assert.Single(await log.ReadBeforeAsync(new ConversationId(1), 10, 10, default)).Text);
        Assert.True((await log.AppendAsync(Drafts.To(general, "again", ada, "d7f1"), default)).Repeated);
        Assert.Equal(3, (await log.AppendAsync(Drafts.To(general, "new", ada, "d7f3"), default)).Message.Seq);
    }

    [Fact]
    public async Task A_new_database_has_exactly_the_newest_frozen_schema()
    {
        await TestStorage.Open(_directory.Path).DisposeAsync();
        var made = Tables(Database);
        Restore(Schema.Migrations.Count);

        Assert.Equal(Tables(Database), made);
    }

    [Fact]
    public async Task Who_deleted_messages_before_that_was_kept_is_read_from_the_audit_log()
    {
        Restore(4);
        using (var shell = new SqliteShell(Database))
        {
            shell.Execute(
                """
                UPDATE messages SET text = '', deleted_at = 17723671600000000, rev = rev + 2;
                INSERT INTO audit (at, actor, action, target, before, after) VALUES (1, 'ops', 'message.delete', '@General 2', '{"id":"2-2","author":"bob"}', NULL);
                """);
        }

        await using var log = TestStorage.Open(_directory.Path);

        Assert.Equal([Deleter.Author, Deleter.Moderator], (await log.ReadAfterAsync(new ConversationId(2), 0, 10, default)).Select(message => message.DeletedBy!.Value));
    }

    [Fact]
    public async Task Refuses_a_newer_schema_with_both_numbers()
    {
        await TestStorage.Open(_directory.Path).DisposeAsync();
        using (var shell = new SqliteShell(Database)) shell.Execute("PRAGMA user_version = 1000");

        var error = Assert.Throws<StorageStartException>(() => TestStorage.Open(_directory.Path));

        Assert.Equal(
            $"{Database} has schema 1000, this release knows schemas up to {Schema.Migrations.Count}. "
            + "Run the release that wrote it, or a newer one.",
            error.Message);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Copies_an_older_database_before_it_migrates_it()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Windows has no file modes.");
        Restore(1);

        Assert.Equal(3, Migrate("ALTER TABLE messages ADD COLUMN second", "ALTER TABLE messages ADD COLUMN third"));

        var copy = _directory.File("messages-schema1-20260504T030201Z.db");
        Assert.Equal((3L, 3L), Look(Database));
        Assert.Equal((1L, 3L), Look(copy));
        Assert.NotEqual(Tables(Database), Tables(copy));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
    }

    [Fact]
    public void A_migration_that_fails_leaves_the_schema_before_it()
    {
        Restore(1);

        Assert.Throws<SqliteException>(() => Migrate("ALTER TABLE messages ADD COLUMN second", "CREATE TABLE third (a); NONSENSE"));

        Assert.Equal((2L, 3L), Look(Database));
        Assert.DoesNotContain("third", Tables(Database), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_needs_no_migration_is_not_copied()
    {
        await TestStorage.Open(_directory.Path).DisposeAsync();
        await TestStorage.Open(_directory.Path).DisposeAsync();

        Assert.Single(Directory.EnumerateFiles(_directory.Path, "*.db"));
    }

    /// <summary>Puts the frozen database of a schema where the log looks for its own.</summary>
    private void Restore(int version)
    {
        File.Delete(Database);
        using var resource = typeof(SqliteSchemaTests).Assembly.GetManifestResourceStream($"Schemas/{version}.sql")!;
        using var reader = new StreamReader(resource);
        using var shell = new SqliteShell(Database);
        shell.Execute(reader.ReadToEnd());
    }

    private int Migrate(params string[] more)
    {
        using var connection = SqliteConnections.OpenWriter(Database, maxMegabytes: 0);
        return new SchemaMigrator([.. Schema.Migrations.Take(1), .. more], _clock, NullLogger.Instance).Migrate(connection);
    }

    private static (object? Version, object? Messages) Look(string database)
    {
        using var shell = new SqliteShell(database);
        return (shell.Scalar("PRAGMA user_version"), shell.Scalar("SELECT count(*) FROM messages"));
    }

    private static string Tables(string database)
    {
        using var shell = new SqliteShell(database);
        return Convert.ToString(
            shell.Scalar("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master ORDER BY name)"), CultureInfo.InvariantCulture)!;
    }
}
