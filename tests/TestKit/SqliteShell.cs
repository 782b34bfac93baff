using KaiChat.Server.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace KaiChat.TestKit;

/// <summary>What an operator's <c>sqlite3</c> in a terminal is: another connection to the database, also while the log has it open.</summary>
internal sealed class SqliteShell : IDisposable
{
    private readonly SqliteConnection _connection;

    public SqliteShell(string file)
    {
        SqliteLibrary.Use();
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
    }

    public void Execute(string sql) => _connection.Execute(sql);

    public object? Scalar(string sql) => _connection.Scalar(sql);

    public void Dispose() => _connection.Dispose();
}
