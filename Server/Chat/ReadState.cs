using System.Collections.Concurrent;
using KaiChat.Server.Storage;

namespace KaiChat.Server.Chat;

/// <summary>
/// How far users have read: one seq for each session and conversation. Kept in memory, and written behind, a second's worth at a time: a crash costs a user a second
/// of reading, and reading costs no user a wait for the disk.
/// </summary>
internal sealed partial class ReadState(ISessionStore store, TimeProvider clock, ILogger<ReadState> logger) : BackgroundService
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);

    /// <summary>The most conversations one session is remembered in; beyond it those it is not in are forgotten.</summary>
    private const int MostPerSession = 1_000;

    /// <summary>Armed with the service, and not when its work gets a thread: time counts from the start.</summary>
    private readonly PeriodicTimer _timer = new(WriteEvery, clock);
    private readonly ConcurrentDictionary<(SessionId Session, ConversationId Conversation), long?> _unwritten = new();

    /// <summary>Takes up what is known of a session from before.</summary>
    /// <exception cref="ChatRefusedException">It cannot be read now.</exception>
    public async Task LoadAsync(ChatSession session, CancellationToken cancellation)
    {
        // Looked at before the database, where what has just been written is then.
        var unwritten = _unwritten.Where(marker => marker.Key.Session == session.Id).ToArray();
        try
        {
            var known = unwritten.ToDictionary(marker => marker.Key.Conversation, marker => marker.Value);
            foreach (var (conversation, seq) in await store.ReadMarkersAsync(session.Id, cancellation)) known.TryAdd(conversation, seq);
            foreach (var (conversation, seq) in known)
            {
                if (seq is { } read) session.Read.TryAdd(conversation, read);
            }
        }
        catch (LogUnavailableException)
        {
            throw ChatRefusedException.StorageUnavailable();
        }
    }

    /// <summary>How far a session has read a channel it is in. Who enters one for the first time begins at its end.</summary>
    public long Of(ChatSession session, Channel channel)
    {
        if (session.Read.TryGetValue(channel.Id, out var read)) return Math.Min(read, channel.Feed.LastSeq);
        return Set(session, channel, channel.Feed.LastSeq);
    }

    /// <summary>Notes that a session has read a channel through a seq, or through its end if that is lower.</summary>
    /// <returns>The new marker; null if it had read as far before.</returns>
    public long? MarkRead(ChatSession session, Channel channel, long seq)
    {
        seq = Math.Min(seq, channel.Feed.LastSeq);
        return seq > Of(session, channel) ? Set(session, channel, seq) : null;
    }

    /// <summary>Notes that a message and all after it are unread.</summary>
    /// <returns>The new marker; null if that is so already.</returns>
    public long? MarkUnread(ChatSession session, Channel channel, long seq) =>
        seq - 1 < Of(session, channel) ? Set(session, channel, Math.Max(0, seq - 1)) : null;

    /// <summary>An own message right after what was read does not make anything unread.</summary>
    public void Posted(ChatSession session, Channel channel, long seq)
    {
        if (session.Read.TryGetValue(channel.Id, out var read) && read == seq - 1) Set(session, channel, seq);
    }

    /// <summary>Writes what has changed since the last time.</summary>
    public async Task WriteAsync()
    {
        var taken = _unwritten.ToArray();
        if (taken.Length == 0) return;
        await store.MarkReadAsync([.. taken.Select(marker => new ReadMarker(marker.Key.Session, marker.Key.Conversation, marker.Value))]);
        // What has changed meanwhile stays for the next time.
        foreach (var written in taken) _unwritten.TryRemove(written);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync();
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(stoppingToken)) await TryWriteAsync();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryWriteAsync()
    {
        try
        {
            await WriteAsync();
        }
        catch (LogUnavailableException fault)
        {
            // They stay in memory, and are written when the log can be.
            NotWritten(logger, _unwritten.Count, fault.Message);
        }
    }

    private long Set(ChatSession session, Channel channel, long seq)
    {
        if (session.Read.Count >= MostPerSession)
        {
            var present = session.Channels.Values.Select(entered => entered.Id).ToHashSet();
            foreach (var conversation in session.Read.Keys.Where(conversation => !present.Contains(conversation)))
            {
                if (session.Read.TryRemove(conversation, out _)) _unwritten[(session.Id, conversation)] = null;
            }
        }

        session.Read[channel.Id] = seq;
        _unwritten[(session.Id, channel.Id)] = seq;
        return seq;
    }

    [LoggerMessage(1203, LogLevel.Debug, "{Markers} read markers could not be written yet: {Reason}")]
    private static partial void NotWritten(ILogger logger, int markers, string reason);
}
