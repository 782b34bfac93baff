using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.Specification;
using KaiChat.TestKit;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Tests.Storage;

/// <summary>The audit log in the log's database against the specification of all audit logs.</summary>
public sealed class SqliteAuditLogTests : AuditLogSpecification
{
    private readonly TemporaryDirectory _directory = new();
    private SqliteMessageLog? _log;

    [Theory]
    [InlineData("UPDATE audit SET actor = 'somebody else'")]
    [InlineData("DELETE FROM audit")]
    public async Task The_database_itself_lets_nobody_change_what_is_recorded(string sql)
    {
        await Log.RecordAsync(new AuditEntry(Drafts.Noon, "ops", "key.create", "x", null, null, null, null));
        await CloseAsync();
        using (var shell = new SqliteShell(_directory.File("messages.db")))
        {
            var refused = Assert.Throws<SqliteException>(() => shell.Execute(sql));
            Assert.Contains("only ever added to", refused.Message, StringComparison.Ordinal);
        }
        var log = await OpenAsync();
        Assert.Equal("ops", Assert.Single(await log.ReadAsync(new AuditFilter(), long.MaxValue, 10, default)).Entry.Actor);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    internal override Task<IAuditLog> OpenAsync()
    {
        _log = TestStorage.Open(_directory.Path);
        return Task.FromResult(_log.Audit);
    }

    internal override async Task CloseAsync() => await _log!.DisposeAsync();
}
