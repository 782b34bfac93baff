using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>
/// A prepared statement on the way of a message, where ADO.NET's commands will not do: they cut a text at its first NUL character, and their
/// parameters cost more than the insert. For one thread at a time. Parameters count from 1, columns from 0, as in SQLite.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 512;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string? value)
    {
        Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, parameter),
            "" => raw.sqlite3_bind_text(_statement, parameter, ""),      // an empty span would become NULL
            _ => BindText(parameter, value),
        });
        return this;
    }

    public SqliteStatement BindBlob(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    public void Execute()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row; the default value if there is none.</summary>
    public T? First<T>(Func<SqliteStatement, T> row)
    {
        try
        {
            return Step() ? row(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The first row that fulfils a condition; the default value if none does.</summary>
    public T? First<T>(Func<SqliteStatement, bool> condition, Func<SqliteStatement, T> row)
    {
        try
        {
            while (Step())
            {
                if (condition(this)) return row(this);
            }

            return default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Does something with each row.</summary>
    public void Each(Action<SqliteStatement> row)
    {
        try
        {
            while (Step()) row(this);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>All rows.</summary>
    public List<T> All<T>(Func<SqliteStatement, T> row, CancellationToken cancellation)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                cancellation.ThrowIfCancellationRequested();
                rows.Add(row(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A text to its end, NUL characters included: its bytes are taken by their count.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public byte[] Blob(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public void Dispose() => _statement.Dispose();

    private int BindText(int parameter, string value)
    {
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[StackBytes];
        var length = Encoding.UTF8.GetBytes(value, bytes);
        var result = raw.sqlite3_bind_text(_statement, parameter, bytes[..length]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return result;
    }

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE) return result == raw.SQLITE_ROW;
        Check(result);
        return false;
    }

    // Its result is that of the last step, which has been reported already.
    private void Reset() => _ = raw.sqlite3_reset(_statement);

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
