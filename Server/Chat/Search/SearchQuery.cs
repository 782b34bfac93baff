using System.Globalization;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Search;

/// <summary>What somebody searches for. All of it must hold of a message; of several authors or channels, one.</summary>
/// <param name="Phrases">What the text must hold.</param>
/// <param name="From">Names of authors; empty: anybody.</param>
/// <param name="Mentions">Names of whom the text mentions as <c>@name</c>; empty: anybody or nobody.</param>
/// <param name="In">Channels; empty: all there are to search.</param>
/// <param name="After">Sent at this time or later; null: whenever.</param>
/// <param name="Before">Sent before this time; null: whenever.</param>
internal sealed record SearchQuery(
    IReadOnlyList<SearchPhrase> Phrases,
    IReadOnlyList<Username> From,
    IReadOnlyList<Username> Mentions,
    IReadOnlyList<ChannelName> In,
    DateTimeOffset? After,
    DateTimeOffset? Before)
{
    /// <summary>The longest query, in UTF-16 code units.</summary>
    public const int MaxLength = 200;

    /// <summary>The most parts of a query, for the index looks each of them up.</summary>
    private const int MaxParts = 12;

    /// <summary>The most beginnings of words in a query: each is all the words that begin so, which takes the index 0.2 s for a million messages.</summary>
    private const int MaxBeginnings = 2;

    /// <summary>Fewer letters begin too many words.</summary>
    private const int ShortestBeginning = 2;

    /// <summary>Reads a query as people write it.</summary>
    /// <exception cref="ChatRefusedException">It cannot be understood; says which part of it.</exception>
    public static SearchQuery Parse(string? text)
    {
        if (text is null || text.Length > MaxLength) throw Invalid($"A query has at most {MaxLength} characters.");
        var phrases = new List<SearchPhrase>();
        var authors = new List<Username>();
        var mentioned = new List<Username>();
        var channels = new List<ChannelName>();
        DateTimeOffset? after = null, before = null;
        foreach (var (key, value, quoted) in SearchQueryParts.Split(text))
        {
            switch (key)
            {
                case "from": authors.Add(User(key, value)); break;
                case "mentions": mentioned.Add(User(key, value)); break;
                case "in": channels.Add(Channel(value)); break;
                case "after": after = Time(key, value, after); break;
                case "before": before = Time(key, value, before); break;
                default: phrases.Add(Phrase(value, quoted)); break;
            }
        }
        var parts = phrases.Count + authors.Count + mentioned.Count + channels.Count;
        if (parts == 0) throw Invalid("Name a word to search for, or an author with from:, or who is mentioned with mentions:, or a channel with in:.");
        if (phrases.Count(phrase => phrase.Begins) > MaxBeginnings) throw Invalid($"A query has at most {MaxBeginnings} beginnings of words (with *).");
        return parts <= MaxParts
            ? new SearchQuery(phrases, authors, mentioned, channels, after, before)
            : throw Invalid($"A query has at most {MaxParts} words, phrases, names and channels.");
    }

    private static SearchPhrase Phrase(string value, bool quoted)
    {
        var begins = !quoted && value.EndsWith('*');
        var words = value.TrimEnd('*');
        if (!SearchText.HasWords(words)) throw Invalid($"\"{value}\" has neither a letter nor a number to search for.");
        return begins && words.Length < ShortestBeginning
            ? throw Invalid($"\"{value}\": at least {ShortestBeginning} characters before the *.")
            : new SearchPhrase(words, begins);
    }

    private static Username User(string key, string value) =>
        Username.TryParse(value.TrimStart('@'), out var name, out var error) ? name : throw Invalid($"{key}:{value}: {error.DescribeUsername()}");

    private static ChannelName Channel(string value) =>
        ChannelName.TryParse(value.StartsWith('@') ? value : "@" + value, out var name, out var error) ? name : throw Invalid($"in:{value}: {error.DescribeChannel()}");

    private static DateTimeOffset Time(string key, string value, DateTimeOffset? given)
    {
        if (given is not null) throw Invalid($"{key}: is there twice.");
        return DateTimeOffset.TryParseExact(
            value, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw Invalid($"{key}:{value} is not a day like 2026-11-21, nor a time like 2026-11-21T12:30.");
    }

    private static ChatRefusedException Invalid(string sentence) => new(ErrorCodes.QueryInvalid, sentence);
}

/// <summary>Words that must follow one another.</summary>
/// <param name="Words">The words, as written.</param>
/// <param name="Begins">True if the last of them may be the beginning of a longer one.</param>
internal sealed record SearchPhrase(string Words, bool Begins);
