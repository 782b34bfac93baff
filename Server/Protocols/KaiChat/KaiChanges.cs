using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>
/// What one client hears of changes of messages it has seen: version 1 knows none, so it is a notice. Changes gather for <see cref="Delay"/> from a message's first one, so
/// that several in a row are one notice, of the last. What a client has not polled yet needs none: it gets the message as it is then.
/// </summary>
internal sealed class KaiChanges
{
    /// <summary>From a message's first change to the notice: so long further ones are awaited.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    /// <summary>The most bytes of a new text that a notice repeats.</summary>
    private const int MaxText = 200;

    private static readonly KaiChangeRule Default = new();

    private readonly OrderedDictionary<long, (long Since, Func<NativePolicy, NativeNotice> Kind, string Text)> _waiting = [];
    private readonly Channel _channel;
    private readonly NativePolicy _configured;
    private readonly int _limit;
    private readonly SessionId _self;
    private readonly TimeProvider _clock;
    private readonly long _firstSeen;
    private long _rev;

    /// <summary>The client entered a channel and gets its messages after a seq.</summary>
    public KaiChanges(Channel channel, long afterSeq, SessionId self, KaiChatOptions options, TimeProvider clock)
    {
        _channel = channel;
        _configured = (Array.Find(options.Changes, rule => ChannelPattern.Fits(rule.Channels, channel.Name)) ?? Default).ToPolicy();
        _limit = options.MaxNotices;
        _self = self;
        _clock = clock;
        _firstSeen = afterSeq + 1;
        _rev = channel.Feed.Rev;
    }

    /// <summary>What operators have settled for the channel counts, and may change at any time; then the rules of the configuration.</summary>
    private NativePolicy Policy => _channel.Settings.Native ?? _configured;

    /// <summary>Looks what has changed, before the client gets its next messages. Returns the notices whose time has come.</summary>
    /// <param name="seenThrough">The newest message it has.</param>
    public IReadOnlyList<string> Take(long seenThrough)
    {
        var rev = _channel.Feed.Rev;
        foreach (var changed in rev > _rev ? _channel.Feed.ChangesAfter(_rev) : [])
        {
            rev = changed.Message.Rev;
            if (changed.Message.Seq >= _firstSeen && changed.Message.Seq <= seenThrough && changed.Change?.By.Session != _self) Note(changed);
        }
        _rev = rev;
        if (_waiting.Count == 0) return [];
        var due = _waiting.Where(waiting => _clock.GetElapsedTime(waiting.Value.Since) >= Delay).ToArray();
        foreach (var waiting in due) _waiting.Remove(waiting.Key);
        // Settled otherwise while they waited.
        var policy = Policy;
        return [.. due.Where(waiting => waiting.Value.Kind(policy) == NativeNotice.Note).Select(waiting => waiting.Value.Text)];
    }

    private void Note(MessageChanged changed)
    {
        var message = changed.Message;
        if (WordsOf(changed) is not var (kind, text)) return;
        if (kind(Policy) == NativeNotice.Silent)
        {
            // Nobody repeats a text that is deleted.
            if (message.DeletedAt is not null) _waiting.Remove(message.Seq);
            return;
        }
        var since = _waiting.TryGetValue(message.Seq, out var earlier) ? earlier.Since : _clock.GetTimestamp();
        if (earlier.Text is null && _waiting.Count == _limit) _waiting.RemoveAt(0);
        _waiting[message.Seq] = (since, kind, text);
    }

    /// <summary>The notice, and what of the policy says whether it is given; null if there is none of such a change.</summary>
    private (Func<NativePolicy, NativeNotice> Kind, string Text)? WordsOf(MessageChanged changed)
    {
        var (message, author) = (changed.Message, changed.Message.Author.Name.Value);
        if (message.DeletedAt is not null)
        {
            return (static policy => policy.Deletions, changed.Change is Deletion { ByOperator: true } ? $"An operator deleted a message of {author}." : $"{author} deleted a message.");
        }
        return changed.Change switch
        {
            TextEdit => (static policy => policy.Edits, $"{author} edited: {FirstLine(message.Text)}"),
            ReactionChange { On: true } reaction when !_waiting.ContainsKey(message.Seq) =>
                (static policy => policy.Reactions, $"{reaction.By.Name.Value} reacted {FirstLine(reaction.Emoji)} to {(message.Author.Session == _self ? "your" : $"{author}'s")} message."),
            _ => null,
        };
    }

    private static string FirstLine(string text)
    {
        var lines = NativeText.Render(text).Lines;
        if (lines.Count == 0) return "";
        return lines[0].Length <= MaxText ? lines[0] : lines[0][..(MaxText - 3)] + "...";
    }
}
