using System.Collections.Concurrent;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// What of the browsers' sessions outlives the server: who holds which name, and whose tokens are worth nothing. A database that cannot be written now keeps nobody
/// from chatting: what is not in it yet is kept in memory and written when it can be.
/// </summary>
internal sealed partial class KeptSessions(ISessionStore store, IOptions<WebOptions> options, TimeProvider clock, ILogger<KeptSessions> logger)
{
    /// <summary>The most sessions remembered in memory: sign-outs that may be on their way to the disk, and what could not be written.</summary>
    private const int MostInMemory = 10_000;

    private readonly ConcurrentDictionary<SessionId, bool> _signedOut = new();
    private readonly ConcurrentQueue<SessionId> _signedOutInOrder = new();

    /// <summary>The last write of each session that is not in the database yet.</summary>
    private readonly ConcurrentDictionary<SessionId, Func<Task>> _unwritten = new();

    private readonly Lock _order = new();

    /// <summary>The sessions that held their names when the server was last used.</summary>
    public async Task<IReadOnlyList<StoredSession>> ReadPresentAsync(CancellationToken cancellation) => await store.ReadPresentAsync(clock.GetUtcNow(), cancellation);

    /// <summary>Whether a session was signed out, so that its token is worth nothing.</summary>
    /// <exception cref="ChatRefusedException">That cannot be read now.</exception>
    public async Task<bool> IsSignedOutAsync(SessionId session, CancellationToken cancellation)
    {
        if (WasJustSignedOut(session)) return true;
        try
        {
            return await store.IsSignedOutAsync(session, cancellation);
        }
        catch (LogUnavailableException)
        {
            throw ChatRefusedException.StorageUnavailable();
        }
    }

    /// <summary>The same without a look into the database: for what may have happened during a call.</summary>
    public bool WasJustSignedOut(SessionId session) => _signedOut.ContainsKey(session);

    /// <summary>A session holds its name, as long as its newest token is valid at most.</summary>
    public Task SaveAsync(Author who)
    {
        var session = Stored(who);
        return WriteAsync(who.Session, () => store.SaveAsync(session));
    }

    /// <summary>A session was away too long: its name is free, its token may bring it back.</summary>
    public Task LeaveAsync(SessionId session) => WriteAsync(session, () => store.LeaveAsync(session));

    /// <summary>A session has ended for good.</summary>
    public async Task SignOutAsync(Author who)
    {
        if (_signedOut.TryAdd(who.Session, true)) _signedOutInOrder.Enqueue(who.Session);
        if (_signedOut.Count > MostInMemory && _signedOutInOrder.TryDequeue(out var oldest)) _signedOut.TryRemove(oldest, out _);
        var session = Stored(who);
        await WriteAsync(who.Session, () => store.SignOutAsync(session), isFinal: true);
    }

    /// <summary>Writes what could not be written, and forgets what no token can name any more.</summary>
    public async Task TidyAsync()
    {
        foreach (var (session, write) in _unwritten) await TryLastAsync(session, write);
        await TryAsync(() => store.ForgetExpiredAsync(clock.GetUtcNow()));
    }

    private StoredSession Stored(Author who) => new(who, clock.GetUtcNow() + options.Value.TokenLifetime);

    /// <summary>Writes the last word about a session, now or as soon as it can be. A sign-out is the last one whatever comes behind it.</summary>
    private Task WriteAsync(SessionId session, Func<Task> write, bool isFinal = false)
    {
        lock (_order)
        {
            if (!isFinal && WasJustSignedOut(session)) return Task.CompletedTask;
            if (_unwritten.Count >= MostInMemory && !_unwritten.ContainsKey(session)) return TryAsync(write);
            _unwritten[session] = write;
        }
        return TryLastAsync(session, write);
    }

    private async Task TryLastAsync(SessionId session, Func<Task> write)
    {
        if (await TryAsync(BeginAsync)) _unwritten.TryRemove(KeyValuePair.Create(session, write));

        Task BeginAsync()
        {
            // Under the lock: what is said later reaches the database later, too.
            lock (_order) return _unwritten.TryGetValue(session, out var last) && last == write ? write() : Task.CompletedTask;
        }
    }

    /// <returns>Whether it is done.</returns>
    private async Task<bool> TryAsync(Func<Task> write)
    {
        try
        {
            await write();
            return true;
        }
        catch (LogUnavailableException fault)
        {
            NotKept(logger, fault.Message);
            return false;
        }
    }

    [LoggerMessage(3002, LogLevel.Debug, "A session could not be noted yet: {Reason}")]
    private static partial void NotKept(ILogger logger, string reason);
}
