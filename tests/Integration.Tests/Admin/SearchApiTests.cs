using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/messages</c></summary>
public sealed class SearchApiTests
{
    private const string Path = "/api/v1/messages";

    [Fact]
    public async Task Operators_find_messages_of_all_channels_and_of_former_lives()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "a word of a former life");
        await anna.LeaveAsync("@dev");
        await anna.JoinAsync("@dev");
        await anna.SendAsync("@dev", "a word");
        await anna.JoinAsync("@other");
        var last = await anna.SendAsync("@other", "another Word");

        var page = await someone.GetAsync<FoundMessages>($"{Path}?q=word");
        Assert.Equal(["another Word", "a word", "a word of a former life"], page.Items.Select(hit => hit.Message.Text));
        Assert.Equal(last, page.Items[0].Message);
        Assert.Equal(new TextRange(8, 4), Assert.Single(page.Items[0].Matches));
        Assert.Equal((null, false), (page.Next, page.Incomplete));
        Assert.Equal(["a word", "a word of a former life"], (await someone.GetAsync<FoundMessages>($"{Path}?q=in:@DEV%20word")).Items.Select(hit => hit.Message.Text));
    }

    [Fact]
    public async Task Hits_come_by_page()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        for (var i = 1; i <= 5; i++) await anna.SendAsync("@dev", $"word {i}");
        var seen = new List<string>();
        var path = $"{Path}?q=word&limit=2";
        for (FoundMessages? page = null; page?.Next is not null || seen.Count == 0;)
        {
            page = await someone.GetAsync<FoundMessages>(page is null ? path : $"{path}&after={page.Next}");
            seen.AddRange(page.Items.Select(hit => hit.Message.Text));
        }
        Assert.Equal(["word 5", "word 4", "word 3", "word 2", "word 1"], seen);
    }

    [Theory]
    [InlineData("", ErrorCodes.QueryInvalid, "q is missing")]
    [InlineData("?q=", ErrorCodes.QueryInvalid, "q is missing")]
    [InlineData("?q=!!", ErrorCodes.QueryInvalid, "\"!!\" has neither")]
    [InlineData("?q=word&after=x", ErrorCodes.ArgumentInvalid, "The cursor")]
    [InlineData("?q=word&limit=51", ErrorCodes.ArgumentInvalid, "limit is from 1 to 50")]
    [InlineData("?query=word", ErrorCodes.RequestInvalid, "query is not a parameter here")]
    public async Task What_cannot_be_understood_is_refused(string query, string code, string sentence)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        var problem = await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, code, Path + query);
        Assert.StartsWith(sentence, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_channel_is_read_around_a_message()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        for (var i = 1; i <= 9; i++) await anna.SendAsync("@dev", $"{i}");

        var page = await someone.GetAsync<Page<Message>>("/api/v1/channels/dev/messages?around=5&limit=3");
        Assert.Equal(["4", "5", "6"], page.Items.Select(message => message.Text));
        Assert.Equal("4", page.Next);
        await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, "/api/v1/channels/dev/messages?around=5&before=3");
    }
}
