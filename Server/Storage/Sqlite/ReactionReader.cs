using KaiChat.Server.Chat;
using Microsoft.Data.Sqlite;

namespace KaiChat.Server.Storage.Sqlite;

/// <summary>Adds reactions to messages that were read: one query for a page, and none if no message of it ever changed. For one caller at a time.</summary>
internal sealed class ReactionReader : IDisposable
{
    private readonly SqliteStatement _bySeq, _byRev;

    public ReactionReader(SqliteConnection connection)
    {
        // The unary plus keeps SQLite from taking the index of all that ever changed for a few neighbours.
        _bySeq = new(connection, Query("m.seq BETWEEN ?2 AND ?3 AND +m.rev > 0"));
        _byRev = new(connection, Query("m.rev > 0 AND m.rev BETWEEN ?2 AND ?3"));
    }

    /// <summary>For messages that are neighbours, in order of seq.</summary>
    public List<ChatMessage> OfNeighbours(List<ChatMessage> messages) => Of(messages, _bySeq, static message => message.Seq);

    /// <summary>For messages that changed one after the other, in order of revision.</summary>
    public List<ChatMessage> OfChanged(List<ChatMessage> messages) => Of(messages, _byRev, static message => message.Rev);

    /// <summary>For one message.</summary>
    public ChatMessage Of(ChatMessage message) => MayHave(message) ? OfNeighbours([message])[0] : message;

    public void Dispose()
    {
        _bySeq.Dispose();
        _byRev.Dispose();
    }

    private static bool MayHave(ChatMessage message) => message is { Rev: > 0, DeletedAt: null };

    private static string Query(string which) =>
        $"""
        SELECT m.seq, r.emoji, r.session FROM messages m CROSS JOIN reactions r ON r.message = m.id
        WHERE m.conversation = ?1 AND {which} ORDER BY m.seq, r.at, r.emoji, r.session
        """;

    private static List<ChatMessage> Of(List<ChatMessage> messages, SqliteStatement query, Func<ChatMessage, long> place)
    {
        var (first, last) = (messages.FindIndex(MayHave), messages.FindLastIndex(MayHave));
        if (first < 0) return messages;
        var kinds = new Dictionary<long, OrderedDictionary<string, Kind>>();
        query.Bind(1, messages[first].Conversation.Value).Bind(2, place(messages[first])).Bind(3, place(messages[last])).Each(row =>
        {
            var seq = row.Int64(0);
            if (!kinds.TryGetValue(seq, out var ofMessage)) kinds[seq] = ofMessage = [];
            var emoji = row.Text(1);
            if (!ofMessage.TryGetValue(emoji, out var kind)) ofMessage[emoji] = kind = new Kind();
            kind.Count++;
            if (kind.By.Count < MessageReaction.MostNamed) kind.By.Add(new SessionId(row.Int64(2)));
        });
        for (var i = first; i <= last; i++)
        {
            // A message that was deleted between the two queries has none any more.
            if (!MayHave(messages[i]) || !kinds.TryGetValue(messages[i].Seq, out var ofMessage)) continue;
            messages[i] = messages[i] with { Reactions = [.. ofMessage.Select(kind => new MessageReaction(kind.Key, kind.Value.Count, kind.Value.By))] };
        }

        return messages;
    }

    private sealed class Kind
    {
        public int Count { get; set; }

        public List<SessionId> By { get; } = [];
    }
}
