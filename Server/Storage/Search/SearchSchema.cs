namespace KaiChat.Server.Storage.Search;

/// <summary>
/// The index's own database, <c>search.db</c>. Everything in it can be made again from the log, so it has no migrations: one of another version, or of another
/// log, is emptied and filled anew.
/// </summary>
internal static class SearchSchema
{
    /// <summary>The number of this form, in <c>user_version</c>: raise it with the tables, and with what <see cref="Chat.Search.SearchText.Separate"/> and <see cref="Chat.Search.SearchMentions.Of"/> make of a text.</summary>
    public const int Version = 2;

    /// <summary>
    /// <c>entries</c>: one row a message, its row number the message's id. <c>scope</c> has the words <see cref="ConversationWord"/> and <see cref="AuthorWord"/>, and a <see cref="MentionWord"/> for each mention, so that
    /// a search in one channel does not walk through the hits of all others. Case and diacritics are folded by SQLite's tokenizer; besides letters and numbers,
    /// symbols count (pictographs), and characters younger than SQLite's tables. <c>days</c>: the ids of the messages of each day, counted from 1970-01-01 UTC.
    /// <c>source</c>: which log this is the index of, and the newest message in it.
    /// </summary>
    public const string Tables =
        """
        CREATE VIRTUAL TABLE entries USING fts5 (text, scope, columnsize = 0, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co So Cn'");
        CREATE TABLE days (day INTEGER PRIMARY KEY, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL);
        CREATE TABLE source (log TEXT NOT NULL, indexed_through INTEGER NOT NULL);
        """;

    /// <summary>The word by which a conversation's messages are found.</summary>
    public static string ConversationWord(long conversation) => FormattableString.Invariant($"c{conversation}");

    /// <summary>The word by which an author's messages are found, in any letter case: names have characters that no word has.</summary>
    public static string AuthorWord(string author) => "a" + Hex(author);

    /// <summary>The word by which messages that mention somebody are found, in any letter case.</summary>
    public static string MentionWord(string name) => "m" + Hex(name);

    /// <summary>The row of <c>days</c> a time belongs to.</summary>
    public static long DayOf(DateTimeOffset time) => (long)Math.Floor((time.UtcDateTime - DateTime.UnixEpoch).TotalDays);

    private static string Hex(string name) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(name.ToLowerInvariant()));
}
