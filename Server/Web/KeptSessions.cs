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
    /// <summary>Sign-outs remembered in memory besides: those that may be on their way to the disk.</summary>
    private const int MostInMemory = 10_000;

    private readonly ConcurrentDictionary<SessionId, bool> _signedOut = new();
    private readonly ConcurrentQueue<SessionId> _signedOutInOrder = new();
    private readonly ConcurrentDictionary<SessionId, StoredSession> _unwritten = new();

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
    public async Task SaveAsync(Author who) => await TryAsync(() => store.SaveAsync(Stored(who)));

    /// <summary>A session was away too long: its name is free, its token may bring it back.</summary>
    public async Task LeaveAsync(SessionId session) => await TryAsync(() => store.LeaveAsync(session));

    /// <summary>A session has ended for good.</summary>
    public async Task SignOutAsync(Author who)
    {
        if (_signedOut.TryAdd(who.Session, true)) _signedOutInOrder.Enqueue(who.Session);
        if (_signedOut.Count > MostInMemory && _signedOutInOrder.TryDequeue(out var oldest)) _signedOut.TryRemove(oldest, out _);
        if (!await TryAsync(() => store.SignOutAsync(Stored(who))) && _unwritten.Count < MostInMemory) _unwritten[who.Session] = Stored(who);
    }

    /// <summary>Writes what could not be written, and forgets what no token can name any more.</summary>
    public async Task TidyAsync()
    {
        foreach (var (id, session) in _unwritten)
        {
            if (await TryAsync(() => store.SignOutAsync(session))) _unwritten.TryRemove(id, out _);
        }
        await TryAsync(() => store.ForgetExpiredAsync(clock.GetUtcNow()));
    }

    private StoredSession Stored(Author who) => new(who, clock.GetUtcNow() + options.Value.TokenLifetime);

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
