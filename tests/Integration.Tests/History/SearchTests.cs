using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Integration.Tests.History;

/// <summary>Searching as browsers do. What the index itself must do is in SearchIndexSpecification. Servers whose clock stands still: a search waits a second for the index, and then finds what there is.</summary>
public sealed class SearchTests
{
    [Fact]
    public async Task A_message_is_found_as_soon_as_it_is_posted_with_its_neighbours_and_its_matches()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "before");
        var sent = await anna.SendAsync("@room", "Ein Café in Łódź, café!");
        await anna.SendAsync("@room", "after");

        var page = await anna.SearchAsync("CAFE");

        var hit = Assert.Single(page.Hits);
        Assert.Equal(sent, hit.Message);
        Assert.Equal(("before", "after"), (hit.Before!.Text, hit.After!.Text));
        Assert.Equal(["Café", "café"], hit.Matches.Select(match => hit.Message.Text.Substring(match.Start, match.Length)));
        Assert.Equal((null, false), (page.Next, page.Incomplete));
    }

    [Fact]
    public async Task Hits_come_newest_first_and_by_page()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        for (var i = 1; i <= 5; i++) await anna.SendAsync("@room", $"word {i}");

        var first = await anna.SearchAsync("word", limit: 3);
        var second = await anna.SearchAsync("word", first.Next, limit: 3);

        Assert.Equal(["word 5", "word 4", "word 3"], Texts(first));
        Assert.Equal(["word 2", "word 1"], Texts(second));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task Only_channels_the_user_is_in_are_searched_and_only_their_present_life()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SendAsync("@room", "secret of a former life");
        await anna.LeaveAsync("@room");
        await anna.JoinAsync("@room");
        await anna.SendAsync("@room", "secret of this life");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@other");
        await ben.SendAsync("@other", "secret of others");

        Assert.Equal(["secret of this life"], Texts(await anna.SearchAsync("secret")));
        Assert.Equal(["secret of others"], Texts(await ben.SearchAsync("secret")));
        Assert.Contains("not-a-member", (await Assert.ThrowsAsync<HubException>(() => ben.SearchAsync("secret in:@room"))).Message, StringComparison.Ordinal);
        await ben.LeaveAsync("@other");
        Assert.Empty((await ben.SearchAsync("secret")).Hits);
    }

    [Fact]
    public async Task Whoever_searches_too_often_is_told_when_to_go_on()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync("Limits:SearchBurst=2", "Limits:SearchesPerMinute=6");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await anna.SearchAsync("a");
        await anna.SearchAsync("a");

        var refused = await Assert.ThrowsAsync<HubException>(() => anna.SearchAsync("a"));
        Assert.Matches(@"rate-limited: .* \[10 s\]$", refused.Message);
        server.Clock!.Advance(TimeSpan.FromSeconds(10));
        await anna.SearchAsync("a");
    }

    [Theory]
    [InlineData("")]
    [InlineData("!!!")]
    [InlineData("after:yesterday word")]
    [InlineData("from:a-name-that-is-too-long word")]
    [InlineData("x*")]
    [InlineData("after:2026-01-01")]
    public async Task A_query_that_cannot_be_understood_is_refused(string query)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");

        Assert.Contains("query-invalid: ", (await Assert.ThrowsAsync<HubException>(() => anna.SearchAsync(query))).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(SearchPage page) => page.Hits.Select(hit => hit.Message.Text);
}
