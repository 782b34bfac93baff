using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>The database's write lock, taken as an operator's shell could: the writer waits where its next transaction begins.</summary>
internal sealed class HeldLock : IDisposable
{
    private readonly SqliteShell _shell;

    public HeldLock(string database)
    {
        _shell = new SqliteShell(database);
        _shell.Execute("BEGIN IMMEDIATE");
    }

    public void Dispose()
    {
        _shell.Execute("ROLLBACK");
        _shell.Dispose();
    }
}
