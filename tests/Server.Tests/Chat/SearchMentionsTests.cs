using System.Text.Json;
using KaiChat.Server.Chat.Search;

namespace KaiChat.Server.Tests.Chat;

/// <summary>Whom a text mentions; the vectors hold for the page, too.</summary>
public sealed class SearchMentionsTests
{
    public static TheoryData<string, string, bool> Vectors
    {
        get
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Vectors", "mentions.json")));
            var data = new TheoryData<string, string, bool>();
            foreach (var vector in document.RootElement.EnumerateArray())
            {
                data.Add(vector.GetProperty("text").GetString()!, vector.GetProperty("name").GetString()!, vector.GetProperty("mentioned").GetBoolean());
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_text_mentions(string text, string name, bool mentioned) => Assert.Equal(mentioned, SearchMentions.Of(text).Contains(name.ToLowerInvariant()));

    [Fact]
    public void A_text_full_of_signs_mentions_no_more_than_the_index_bears() =>
        Assert.Equal(100, SearchMentions.Of(string.Join(' ', Enumerable.Range(0, 1000).Select(i => $"@n{i}"))).Count);
}
