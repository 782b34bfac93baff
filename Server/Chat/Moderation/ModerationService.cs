using KaiChat.Server.Access;
using KaiChat.Server.Connections;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>
/// What operators do about users, whichever way they ask for it: bans, mutes, kicks, ends of sessions. Each change is on the disk, together with its record, before it is in
/// force. Nothing meets somebody who has shown an operator's key: a network banned by mistake would cut off those who could mend it.
/// </summary>
internal sealed partial class ModerationService(
    ChatService chat, SanctionBook book, ModerationRules rules, ISanctionStore store, AuditTrail audit, IEnumerable<ISessionDoor> doors, IOptions<LimitsOptions> limits,
    TimeProvider clock, ILogger<ModerationService> logger) : IDisposable
{
    private readonly Dictionary<Origin, ISessionDoor> _doors = doors.ToDictionary(door => door.Origin);

    /// <summary>Changes happen one after the other, or two could both take the last place.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>The sanctions in force, oldest first.</summary>
    public IEnumerable<ChatSanction> InForce(SanctionKind kind) =>
        book.Index.All.Where(sanction => sanction.Kind == kind && !sanction.IsOver(clock.GetUtcNow())).OrderBy(sanction => sanction.Id);

    public ChatSanction? Find(SanctionKind kind, long id) => book.Index.Find(id) is { } found && found.Kind == kind && !found.IsOver(clock.GetUtcNow()) ? found : null;

    /// <summary>Where a user is connected from, or was last: what one customer has there. Null if it is not signed in, or that is not known.</summary>
    public AddressNetwork? AddressOf(Username name) =>
        chat.Sessions.FirstOrDefault(session => session.Name.Equals(name))?.Addresses is [.., var newest] ? AddressNetwork.OfCustomer(newest) : null;

    /// <summary>Whom a sanction would hit now: exactly those on whom imposing it would have an effect. In order of name.</summary>
    /// <exception cref="ChatRefusedException">It would not be imposed.</exception>
    public IReadOnlyList<ChatSession> Preview(SanctionOrder order)
    {
        ThrowIfImpossible(order);
        var sanction = order.From(by: "", clock.GetUtcNow());
        return [.. chat.Sessions.Where(sanction.Hits).OrderBy(session => session.Name.Value, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Bans or mutes. Returns when it is in force, and all whom it hits have been told or are gone.</summary>
    public async Task<ChatSanction> ImposeAsync(SanctionOrder order, Actor actor)
    {
        ThrowIfImpossible(order);
        var action = order.Kind == SanctionKind.Ban ? "ban.create" : "mute.create";
        var sanction = await AddAsync(order, actor, added => audit.EntryOf(actor, action, added.Target, before: null, added.ToContract()));
        var hits = await TakeEffectAsync(sanction);
        Imposed(logger, sanction.Kind, sanction.Id, actor.Name, hits);
        return sanction;
    }

    /// <summary>Lifts one. False if it is not in force any more.</summary>
    public async Task<bool> LiftAsync(SanctionKind kind, long id, Actor actor)
    {
        if (Find(kind, id) is not { } sanction) return false;
        return await LiftAsync([sanction], actor) > 0;
    }

    /// <summary>Lifts all that are meant for a name, in one channel or on the whole server. Returns how many.</summary>
    public Task<int> LiftAsync(SanctionKind kind, Username name, ChannelName? channel, Actor actor) =>
        LiftAsync([.. InForce(kind).Where(sanction => name.Equals(sanction.Name) && Equals(sanction.Channel, channel))], actor);

    /// <summary>Puts a user out of a channel, and keeps it out for a time if one is given.</summary>
    /// <exception cref="ChatRefusedException">It is not in it, or an operator.</exception>
    public async Task KickAsync(ChannelName channel, Username name, string reason, DateTimeOffset? until, Actor actor)
    {
        var session = chat.Sessions.FirstOrDefault(session => session.Name.Equals(name));
        if (session is null || !session.Channels.TryGetValue(channel, out var present)) throw new ChatRefusedException(ErrorCodes.NotFound, $"{name} is not in {channel}. Nothing was done.");
        if (session.Operator is not null) throw IsOperator(name);
        var record = audit.EntryOf(actor, "channel.kick", $"{name} {present.Name}", before: null, new { Reason = reason, Until = until });
        if (until is null) await audit.RecordAsync(record).OrUnchangedAsync();
        else await AddAsync(new SanctionOrder(SanctionKind.Ban, name, Network: null, channel, reason, until), actor, _ => record);
        await PutOutAsync(session, channel, new Kick(Channel: "", actor.Told, reason, until));
        Kicked(logger, present.Id.Value, session.Id.ToString(), actor.Name);
    }

    /// <summary>Ends a session at once; the user may sign in again. An operator's session, too.</summary>
    public async Task EndAsync(ChatSession session, string sentence, Actor actor)
    {
        await audit.RecordAsync(actor, "session.delete", session.Name.Value, before: new { Id = session.Id.ToString(), session.Origin }).OrUnchangedAsync();
        await EndAsync(session, sentence, ConnectionEndReason.ClosedByOperator);
    }

    private async Task<ChatSanction> AddAsync(SanctionOrder order, Actor actor, Func<ChatSanction, AuditEntry> record)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (book.Index.Count >= limits.Value.MaxSanctions)
            {
                throw new ChatRefusedException(ErrorCodes.LimitReached, $"There are {book.Index.Count} bans and mutes, which is the most possible (Limits:MaxSanctions). Lift some first.");
            }
            var sanction = await store.AddAsync(order.From(actor.Name, clock.GetUtcNow()), record).OrUnchangedAsync();
            book.Add(sanction);
            ArmExpiry();
            return sanction;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<int> LiftAsync(IReadOnlyList<ChatSanction> sanctions, Actor actor)
    {
        var lifted = await TakeAwayAsync(sanctions, actor);
        foreach (var sanction in lifted)
        {
            TellMuted(sanction);
            Lifted(logger, sanction.Kind, sanction.Id, actor.Name);
        }
        return lifted.Count;
    }

    private async Task<IReadOnlyList<ChatSanction>> TakeAwayAsync(IReadOnlyList<ChatSanction> sanctions, Actor actor)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            // Of two who lift the same one did it.
            var present = sanctions.Where(sanction => book.Index.Find(sanction.Id) is not null).ToArray();
            if (present.Length == 0) return present;
            await store.RemoveAsync(
                [.. present.Select(sanction => sanction.Id)],
                [.. present.Select(sanction => audit.EntryOf(actor, sanction.Kind == SanctionKind.Ban ? "ban.delete" : "mute.delete", sanction.Target, sanction.ToContract()))]).OrUnchangedAsync();
            foreach (var sanction in present) book.Remove(sanction.Id);
            return present;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>A name that is an operator's would be met by nothing, and whoever asked for it would think otherwise.</summary>
    private void ThrowIfImpossible(SanctionOrder order)
    {
        if (order.Name is { } name && chat.Sessions.Any(session => session.Operator is not null && session.Name.Equals(name))) throw IsOperator(name);
    }

    private static ChatRefusedException IsOperator(Username name) =>
        new(ErrorCodes.ArgumentInvalid, $"{name} is an operator here, whom nothing of this meets. End the session first (DELETE /api/v1/sessions/ and its id). Nothing was done.");

    public void Dispose()
    {
        _expiry?.Dispose();
        _gate.Dispose();
    }

    [LoggerMessage(1501, LogLevel.Information, "{Kind} {SanctionId} imposed by {Actor}: {Hits} sessions hit")]
    private static partial void Imposed(ILogger logger, SanctionKind kind, long sanctionId, string actor, int hits);

    [LoggerMessage(1502, LogLevel.Information, "{Kind} {SanctionId} lifted by {Actor}")]
    private static partial void Lifted(ILogger logger, SanctionKind kind, long sanctionId, string actor);

    [LoggerMessage(1503, LogLevel.Information, "Conversation {Conversation}: session {SessionId} put out by {Actor}")]
    private static partial void Kicked(ILogger logger, long conversation, string sessionId, string actor);
}
