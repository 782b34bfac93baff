using System.Globalization;
using System.Net;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>Users who show an operator's key.</summary>
internal sealed class Operators
{
    /// <summary>What makes a user an operator in the chat; keys with neither are for programs.</summary>
    private static readonly string[] Either = [Scopes.ModerationWrite, Scopes.ChannelsWrite];

    private readonly ChatService _chat;
    private readonly KeyRing _keys;
    private readonly WrongKeys _wrongKeys;
    private readonly AuditTrail _audit;

    public Operators(ChatService chat, KeyRing keys, WrongKeys wrongKeys, AuditTrail audit)
    {
        (_chat, _keys, _wrongKeys, _audit) = (chat, keys, wrongKeys, audit);
        keys.Revoked += Dismiss;
    }

    /// <summary>Makes a session an operator's with what a key allows, as long as the key is not revoked.</summary>
    /// <param name="address">Where it is shown from, for counting wrong ones.</param>
    public async Task<KeyHolder> EnterAsync(ChatSession session, string? key, IPAddress? address)
    {
        if (string.IsNullOrWhiteSpace(key) || await _keys.FindAsync(key.Trim()) is not { } holder) throw Wrong(_wrongKeys.Add(address).TooMany);
        if (!Either.Any(holder.May)) throw ModerationWords.ScopeMissing(string.Join(" or ", Either));
        await _audit.RecordAsync(ActorOf(holder, session, address), "operator.enter", session.Name.Value, before: null, new { session.Origin }).OrUnchangedAsync();
        await _chat.SetOperatorAsync(session, holder);
        return holder;
    }

    /// <summary>Whoever showed a key that is revoked is a user like the others.</summary>
    private void Dismiss(string ticket)
    {
        foreach (var session in _chat.Sessions.Where(session => session.Operator?.Ticket == ticket)) _ = _chat.SetOperatorAsync(session, holder: null);
    }

    /// <summary>Who changes something from the chat.</summary>
    public static Actor ActorOf(KeyHolder holder, ChatSession session, IPAddress? address) =>
        new($"{holder.Name} as {session.Name}", AddressNetwork.TextOf(address), System.Diagnostics.Activity.Current?.Id);

    private static ChatRefusedException Wrong(TimeSpan? wait)
    {
        if (wait is not { } time) return new ChatRefusedException(ErrorCodes.Unauthorized, "That is no operator's key.");
        var seconds = Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new ChatRefusedException(ErrorCodes.RateLimited, $"Too many wrong keys from your address. Wait {seconds} s.", time);
    }
}
