using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>
/// Runs writes in one transaction: whole or not at all. In place of ADO.NET's transactions, which roll back what SQLite has rolled back itself (it does on a full disk
/// and on some other errors) and then fail again wherever they are disposed, even when the server stops. For one thread at a time.
/// </summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly sqlite3 _database;
    private readonly SqliteStatement _begin, _commit, _rollBack;

    public WriteTransaction(SqliteConnection connection)
    {
        _database = connection.Handle!;
        _begin = new(connection, "BEGIN IMMEDIATE");
        _commit = new(connection, "COMMIT");
        _rollBack = new(connection, "ROLLBACK");
    }

    /// <summary>When this returns, all that was written counts; when it throws, none does.</summary>
    public void Run<TState>(TState state, Action<TState> write)
    {
        try
        {
            if (IsOpen) _rollBack.Execute();      // the last one's rolling back failed
            _begin.Execute();
            write(state);
            _commit.Execute();
        }
        catch
        {
            if (IsOpen) _rollBack.Execute();
            throw;
        }
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollBack.Dispose();
    }

    private bool IsOpen => raw.sqlite3_get_autocommit(_database) == 0;
}
