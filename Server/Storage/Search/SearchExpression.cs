using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Search;

namespace KaiChat.Server.Storage.Search;

/// <summary>A query in the language of FTS5 (https://sqlite.org/fts5.html#full_text_query_syntax). What people wrote stands between quotation marks, so nothing of it is syntax.</summary>
internal static class SearchExpression
{
    public static string Of(SearchQuery query, IReadOnlyCollection<ConversationId>? within)
    {
        var parts = new List<string>();
        foreach (var phrase in query.Phrases) parts.Add($"text : {Quote(SearchText.Separate(phrase.Words))}{(phrase.Begins ? " *" : "")}");
        if (query.From.Count > 0) parts.Add(AnyOf(query.From.Select(name => SearchSchema.AuthorWord(name.Value))));
        foreach (var name in query.Mentions)
        {
            parts.Add(AnyOf([SearchSchema.MentionWord(name.Value)]));
            // For nothing but its mark in the hit.
            if (SearchText.HasWords(name.Value)) parts.Add($"text : {Quote(name.Value)}");
        }
        if (within is not null) parts.Add(AnyOf(within.Select(conversation => SearchSchema.ConversationWord(conversation.Value))));
        return string.Join(" AND ", parts);
    }

    private static string AnyOf(IEnumerable<string> words) => $"scope : ({string.Join(" OR ", words.Select(Quote))})";

    private static string Quote(string words)
    {
        var quoted = new StringBuilder(words.Length + 2).Append('"');
        // A NUL would end the expression.
        foreach (var c in words) quoted.Append(c switch { '"' => "\"\"", '\0' => " ", _ => c.ToString() });
        return quoted.Append('"').ToString();
    }
}
