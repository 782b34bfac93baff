using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Search;
using KaiChat.Server.Storage;
using KaiChat.TestKit;
using Xunit;

namespace KaiChat.Specification;

/// <summary>What every <see cref="ISearchIndex"/> must find in the log it belongs to.</summary>
public abstract class SearchIndexSpecification : IAsyncLifetime
{
    internal abstract IMessageLog Log { get; }

    internal abstract ISearchIndex Index { get; }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    internal LoggedConversation Room { get; set; } = null!;

    [Theory]
    [InlineData("quick", "The quick brown fox", true)]
    [InlineData("QUICK fox", "The quick brown fox", true)]
    [InlineData("quick cat", "The quick brown fox", false)]
    [InlineData("\"quick brown\"", "The quick brown fox", true)]
    [InlineData("\"brown quick\"", "The quick brown fox", false)]
    [InlineData("“quick brown”", "The quick brown fox", true)]
    [InlineData("qui", "The quick brown fox", false)]
    [InlineData("qui*", "The quick brown fox", true)]
    [InlineData("\"qui*\"", "The quick brown fox", false)]
    [InlineData("uber", "Über alles", true)]
    [InlineData("ÜBER", "uber", true)]
    [InlineData("naive", "a naïve try", true)]
    [InlineData("ελληνικα", "Ελληνικά", true)]
    [InlineData("ещё", "Еще", true)]
    [InlineData("lodz", "Łódź", true)]
    [InlineData("smørrebrød", "Smorrebrod", true)]
    [InlineData("foo-bar", "see foo-bar there", true)]
    [InlineData("foo-bar", "foo and bar", false)]
    [InlineData("会話", "日本語の会話です", true)]
    [InlineData("話", "日本語の会話です", true)]
    [InlineData("話会", "日本語の会話です", false)]
    [InlineData("日本 会話", "日本語の会話です", true)]
    [InlineData("カイワ", "カイワチャット", true)]
    [InlineData("안녕", "안녕하세요", true)]
    [InlineData("สวัสดี", "สวัสดีครับ", true)]
    [InlineData("hello", "ｈｅｌｌｏ world", true)]
    [InlineData("🎉", "done🎉🎉!", true)]
    [InlineData("🤌🏽", "bene 🤌🏽", true)]
    [InlineData("don't", "I don't know", true)]
    [InlineData("OR", "this or that", true)]
    [InlineData("NEAR(", "near here", true)]
    [InlineData("text:a", "text a", true)]
    [InlineData("a\0b", "a b", true)]
    [InlineData("42", "room 42", true)]
    public async Task Finds_words(string query, string text, bool found)
    {
        await PostAsync(text);

        var hits = (await SearchAsync(query)).Messages;

        Assert.Equal(found ? [text] : [], hits.Select(hit => hit.Message.Text));
    }

    [Theory]
    [InlineData("cafe noir", "Le Café-Noir, café.", "Café|Noir|café")]
    [InlineData("\"brown fox\"", "a brown fox, a brown dog", "brown fox")]
    [InlineData("会話", "日本語の会話と会", "会話")]
    [InlineData("hello", "say ｈｅｌｌｏ!", "ｈｅｌｌｏ")]
    [InlineData("🎉", "ok🎉ok", "🎉")]
    public async Task Says_where_the_words_are(string query, string text, string parts)
    {
        await PostAsync(text);

        var hit = Assert.Single((await SearchAsync(query)).Messages);

        Assert.Equal(parts.Split('|'), hit.Matches.Select(match => text.Substring(match.Start, match.Length)));
    }

    [Fact]
    public async Task Finds_by_author_in_any_letter_case_with_and_without_words()
    {
        await PostAsync("apple one", "Ada");
        await PostAsync("apple two", "ben");
        await PostAsync("pear", "ada");

        Assert.Equal(["apple one"], await TextsAsync("apple from:ADA"));
        Assert.Equal(["pear", "apple one"], await TextsAsync("from:@ada"));
        Assert.Equal(["pear", "apple two", "apple one"], await TextsAsync("from:ada from:ben"));
        Assert.Empty(await TextsAsync("from:cleo"));
    }

    [Fact]
    public async Task Finds_whom_a_message_mentions()
    {
        await PostAsync("@Anna, are you there?");
        await PostAsync("anna is not");
        await PostAsync("`@anna` is how one writes it");
        await PostAsync("@annabel and @ben, ask anna");
        await PostAsync("@ben and @anna");

        Assert.Equal(["@ben and @anna", "@Anna, are you there?"], await TextsAsync("mentions:anna"));
        Assert.Equal(["@ben and @anna"], await TextsAsync("mentions:@ANNA mentions:ben"));
        Assert.Equal(["@Anna, are you there?"], await TextsAsync("there mentions:anna"));
    }

    [Fact]
    public async Task Finds_by_time_even_if_the_clock_was_turned_back()
    {
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await PostAsync("a word", sentAt: noon);
        await PostAsync("b word", sentAt: noon.AddDays(2));
        await PostAsync("c word", sentAt: noon.AddDays(1));
        await PostAsync("d word", sentAt: noon.AddDays(3));

        Assert.Equal(["d word", "b word"], await TextsAsync("word after:2026-03-03"));
        Assert.Equal(["c word", "a word"], await TextsAsync("word before:2026-03-03"));
        Assert.Equal(["c word"], await TextsAsync("word after:2026-03-02 before:2026-03-03"));
        Assert.Equal(["c word"], await TextsAsync("word after:2026-03-02T12:00 before:2026-03-02T12:01"));
        Assert.Empty(await TextsAsync("word after:2027-01-01"));
        Assert.Empty(await TextsAsync("word before:2020-01-01"));
    }

    [Fact]
    public async Task Searches_some_conversations_or_all_also_closed_ones_and_those_of_a_name()
    {
        await PostAsync("first life");
        await Log.CloseAsync(Room.Id, Drafts.Noon, default);
        var former = Room;
        Room = await Log.OpenAsync(Room.Name, Drafts.Noon, default);
        await PostAsync("second life");
        var other = await Log.OpenAsync(Drafts.Channel("@other"), Drafts.Noon, default);
        await Log.AppendAsync(Drafts.To(other, "other life"), default);

        Assert.Equal(["other life", "second life", "first life"], await TextsAsync("life", within: null));
        Assert.Equal(["second life", "first life"], await TextsAsync("life in:@ROOM", within: null));
        Assert.Equal(["second life", "first life"], await TextsAsync("in:room", within: null));
        Assert.Equal(["other life", "first life"], await TextsAsync("life", within: [former.Id, other.Id]));
        Assert.Empty(await TextsAsync("life", within: []));
        Assert.Empty(await TextsAsync("in:@nowhere", within: null));
    }

    [Fact]
    public async Task Brings_pages_newest_first_with_neighbours()
    {
        for (var i = 1; i <= 7; i++) await PostAsync($"word {i}");

        var first = (await SearchAsync("word", limit: 3)).Messages;
        var second = (await Index.SearchAsync(SearchQuery.Parse("word"), [Room.Id], first[^1].Id, 3, default)).Messages;
        var third = (await Index.SearchAsync(SearchQuery.Parse("word"), [Room.Id], second[^1].Id, 3, default)).Messages;

        Assert.Equal([7, 6, 5, 4, 3, 2, 1], first.Concat(second).Concat(third).Select(hit => (int)hit.Message.Seq));
        Assert.Equal((null, "word 6"), (first[0].After?.Text, first[0].Before?.Text));
        Assert.Equal(("word 2", null), (third[0].After?.Text, third[0].Before?.Text));
    }

    [Fact]
    public async Task Removed_messages_are_not_found()
    {
        for (var i = 1; i <= 5; i++) await PostAsync($"word {i}");
        Assert.Equal(5, (await SearchAsync("word")).Messages.Count);

        await ((ILogRetention)Log).RemoveAsync(Room.Id, 3, 100, default);

        Assert.Equal(["word 5", "word 4"], await TextsAsync("word"));
        await PostAsync("word 6");
        Assert.Equal(["word 6", "word 5", "word 4"], await TextsAsync("word"));
    }

    [Fact]
    public async Task An_edited_message_is_found_by_its_present_text_and_a_deleted_one_by_nothing()
    {
        var ada = Drafts.Author("ada");
        foreach (var text in (string[])["apple", "pear", "plum"]) await Log.AppendAsync(Drafts.To(Room, text, ada), default);
        Assert.Equal(["plum", "pear", "apple"], await TextsAsync("from:ada"));

        await Log.ChangeAsync(new TextEdit(Room.Id, 1, ada, Drafts.Noon, "cherry", DateTimeOffset.MinValue), default);
        await Log.ChangeAsync(new Deletion(Room.Id, 2, ada, Drafts.Noon), default);
        await Log.ChangeAsync(new ReactionChange(Room.Id, 3, ada, Drafts.Noon, "👍", On: true), default);

        Assert.Empty(await TextsAsync("apple"));
        Assert.Empty(await TextsAsync("pear"));
        Assert.Equal(["cherry"], await TextsAsync("cherry"));
        Assert.Equal(["plum", "cherry"], await TextsAsync("from:ada"));
        Assert.Equal("👍", Assert.Single(Assert.Single((await SearchAsync("plum")).Messages).Message.Reactions).Emoji);
        await Log.ChangeAsync(new TextEdit(Room.Id, 1, ada, Drafts.Noon, "apple again", DateTimeOffset.MinValue), default);
        Assert.Equal(["apple again"], await TextsAsync("apple"));
    }

    [Fact]
    public async Task A_message_that_changes_all_the_time_is_found_as_it_is_in_the_end()
    {
        var ada = Drafts.Author("ada");
        await Log.AppendAsync(Drafts.To(Room, "word", ada), default);
        for (var i = 1; i <= 50; i++)
        {
            await Log.ChangeAsync(new TextEdit(Room.Id, 1, ada, Drafts.Noon, $"word {i}", DateTimeOffset.MinValue), default);
            if (i % 10 == 0) await SearchAsync("word");
        }

        Assert.Equal(["word 50"], await TextsAsync("50"));
        Assert.Empty(await TextsAsync("49"));
    }

    internal async Task PostAsync(string text, string author = "ada", DateTimeOffset? sentAt = null) =>
        await Log.AppendAsync(Drafts.To(Room, text, Drafts.Author(author)) with { SentAt = sentAt ?? Drafts.Noon }, default);

    internal Task<SearchResult> SearchAsync(string query, int limit = 50) => Index.SearchAsync(SearchQuery.Parse(query), [Room.Id], long.MaxValue, limit, default);

    internal Task<IEnumerable<string>> TextsAsync(string query) => TextsAsync(query, [Room.Id]);

    private async Task<IEnumerable<string>> TextsAsync(string query, IReadOnlyCollection<ConversationId>? within)
    {
        var result = await Index.SearchAsync(SearchQuery.Parse(query), within, long.MaxValue, 50, default);
        Assert.False(result.Incomplete);
        return result.Messages.Select(hit => hit.Message.Text);
    }
}
