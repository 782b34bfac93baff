using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/channels/{name}/messages</c></summary>
public sealed class MessagesApiTests
{
    private const string Path = "/api/v1/channels/dev/messages";

    [Fact]
    public async Task Shows_messages_of_both_doors_as_the_hub_does()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var native = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await native.SendAsync(KaiPdu.Send("plain"));
        await native.FenceAsync();
        await using var web = await WebUser.SignInAsync(server, "ben", "@dev");
        var sent = await web.SendAsync("@dev", "na\u00efve \U0001F642");

        var page = await someone.GetAsync<Page<Message>>(Path);
        Assert.Equal([(1L, "anna", Origin.Native), (2L, "ben", Origin.Web)], page.Items.Select(message => (message.Seq, message.Author, message.Origin)));
        Assert.Equal(sent, page.Items[1]);
        Assert.NotNull(page.Items[1].NativeText);
        Assert.Null(page.Next);
    }

    [Fact]
    public async Task Pages_go_back_from_the_newest_and_forward_from_a_seq()
    {
        // Fewer in memory than there are: the walk goes from memory on to the log.
        await using var server = await ChatServer.StartAsync("Limits:FeedLength=5", "Limits:MessageBurst=100");
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        for (var i = 1; i <= 17; i++) await anna.SendAsync("@dev", $"{i}");

        Assert.Equal(["14 15 16 17", "10 11 12 13", "6 7 8 9", "2 3 4 5", "1"], await WalkAsync(someone, $"{Path}?limit=4"));
        Assert.Equal(["1 2 3 4", "5 6 7 8", "9 10 11 12", "13 14 15 16", "17"], await WalkAsync(someone, $"{Path}?limit=4&after=0"));
        Assert.Equal(["11 12", "9 10", "7 8", "5 6", "3 4", "1 2"], await WalkAsync(someone, $"{Path}?limit=2&before=13"));
        Assert.Equal([""], await WalkAsync(someone, $"{Path}?after=17"));
        Assert.Equal([""], await WalkAsync(someone, $"{Path}?after={long.MaxValue}"));
        Assert.Equal([""], await WalkAsync(someone, $"{Path}?before=1"));
        Assert.Equal("17", (await WalkAsync(someone, $"{Path}?before={long.MaxValue}&limit=1"))[0]);
    }

    [Theory]
    [InlineData("before=0", ErrorCodes.ArgumentInvalid, "before is from 1 to")]
    [InlineData("after=-1", ErrorCodes.ArgumentInvalid, "after is from 0 to")]
    [InlineData("before=9223372036854775808", ErrorCodes.RequestInvalid, "before is a whole number.")]
    [InlineData("before=1&after=1", ErrorCodes.ArgumentInvalid, "before and after exclude each other.")]
    public async Task A_seq_that_is_none_is_refused(string query, string code, string sentence)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        var problem = await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, code, $"{Path}?{query}");
        Assert.StartsWith(sentence, problem.Detail, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> WalkAsync(Operator someone, string? next)
    {
        var pages = new List<string>();
        while (next is not null)
        {
            (var page, next) = await someone.GetPageAsync<Message>(next);
            pages.Add(string.Join(' ', page.Items.Select(message => message.Text)));
        }
        return pages;
    }
}
