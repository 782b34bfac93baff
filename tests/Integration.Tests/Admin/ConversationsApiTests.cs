using System.Net;
using System.Text.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>/api/v1/conversations</c>, and the exports of channels and conversations.</summary>
public sealed class ConversationsApiTests
{
    private const string Conversations = "/api/v1/conversations";

    [Fact]
    public async Task Closed_conversations_stay_in_the_archive_with_all_their_messages()
    {
        await using var server = await ChatServer.StartAsync("Limits:MessageBurst=1000");
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        var first = new List<Message>();
        for (var i = 1; i <= 5; i++) first.Add(await anna.SendAsync("@dev", $"{i}"));
        await anna.LeaveAsync("@dev");
        await anna.JoinAsync("@DEV");
        await anna.JoinAsync("@quiet");

        var (page, next) = await someone.GetPageAsync<ConversationInfo>($"{Conversations}?limit=2");
        var (rest, none) = await someone.GetPageAsync<ConversationInfo>(next!);
        Assert.Null(none);
        Assert.Equal(["1 @dev 5", "2 @DEV 0", "3 @quiet 0"], page.Items.Concat(rest.Items).Select(one => $"{one.Id} {one.Name} {one.LastSeq}"));
        Assert.Equal([true, false], page.Items.Select(one => one.ClosedAt is not null));
        Assert.Equal((1L, page.Items[0]), (page.Items[0].FirstSeq, await someone.GetAsync<ConversationInfo>($"{Conversations}/1")));

        Assert.Equal(["4 5", "2 3", "1"], await WalkAsync(someone, $"{Conversations}/1/messages?limit=2"));
        Assert.Equal(["1 2", "3 4", "5"], await WalkAsync(someone, $"{Conversations}/1/messages?limit=2&after=0"));
        Assert.Equal([""], await WalkAsync(someone, $"{Conversations}/3/messages"));
        using var export = await someone.SendAsync(HttpMethod.Get, $"{Conversations}/1/export");
        Assert.Equal("dev-1.jsonl", export.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(first, Lines(await export.Content.ReadAsStringAsync()));
        await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, $"{Conversations}/1/messages?before=1&after=1");
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_unavailable_and_no_fault()
    {
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take);
        using var someone = new Operator(server);
        log.Fails = true;
        foreach (var path in (string[])[Conversations, $"{Conversations}/1", $"{Conversations}/1/messages"])
        {
            using var answer = await someone.SendAsync(HttpMethod.Get, path);
            Assert.NotNull(answer.Headers.RetryAfter);
            await someone.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable, path);
        }
    }

    [Theory]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    [InlineData("99999999999999999999")]
    public async Task A_number_that_is_no_conversations_is_not_found(string id)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        foreach (var path in (string[])["", "/messages", "/export"]) await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"{Conversations}/{id}{path}");
    }

    [Fact]
    public async Task A_channel_is_exported_longer_than_what_is_in_memory_in_both_formats()
    {
        await using var server = await ChatServer.StartAsync("Limits:FeedLength=5", "Limits:MessageBurst=1000");
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@a/b");
        var sent = new List<Message>();
        for (var i = 0; i < 450; i++) sent.Add(await anna.SendAsync("@a/b", $"<i>{i}</i>"));

        using var lines = await someone.SendAsync(HttpMethod.Get, "/api/v1/channels/%40a%2Fb/export");
        using var html = await someone.SendAsync(HttpMethod.Get, "/api/v1/channels/%40a%2Fb/export?format=html");

        Assert.Equal(("application/x-ndjson", "a_b-1.jsonl"), (lines.Content.Headers.ContentType?.MediaType, lines.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal(sent, Lines(await lines.Content.ReadAsStringAsync()));
        Assert.Equal(("text/html", "a_b-1.html"), (html.Content.Headers.ContentType?.MediaType, html.Content.Headers.ContentDisposition?.FileName));
        Assert.Contains("&lt;i&gt;449&lt;/i&gt;", await html.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var problem = await someone.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, "/api/v1/channels/%40a%2Fb/export?format=pdf");
        Assert.Equal("format is one of: jsonl, html.", problem.Detail);
    }

    private static Message[] Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<Message>(line, JsonSerializerOptions.Web)!)];

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
