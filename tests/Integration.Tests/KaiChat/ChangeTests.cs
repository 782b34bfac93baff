using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>docs/protocols/kaichat.md: "Changes of messages".</summary>
public sealed class ChangeTests
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("Batch")]
    [InlineData("Single")]
    public async Task What_was_not_polled_yet_comes_as_it_is_now(string delivery)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync($"KaiChat:Delivery={delivery}");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        foreach (var text in (string[])["one", "two", "three", "four"]) await anna.SendAsync("@room", text);
        await anna.EditAsync("@room", 1, "ONE");
        await anna.DeleteAsync("@room", 2);
        await anna.DeleteAsync("@room", 4);
        await SeenAsync(anna, 3);

        Assert.Equal("ONE,three", string.Join(',', (await ben.PollAsync()).Select(pdu => pdu.Text.Replace("\n[anna]> ", ",", StringComparison.Ordinal))));
        server.Clock!.Advance(Delay);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Who_has_seen_a_message_gets_one_notice_of_several_edits_in_a_row()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await anna.SendAsync("@room", "frist");
        Assert.Equal("frist", Assert.Single(await ben.PollAsync()).Text);
        await anna.EditAsync("@room", 1, "furst");
        await SeenAsync(anna, 1);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
        await anna.EditAsync("@room", 1, "caf\u00e9 first\nand more");
        await SeenAsync(anna, 2);
        server.Clock!.Advance(Delay - TimeSpan.FromSeconds(1));
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var notice = Assert.Single(await ben.PollAsync());

        Assert.Equal(("SERVER", "@room", "anna edited: cafe first", false), (notice.Username, notice.Channel, notice.Text, notice.UpToDate));
        server.Clock.Advance(Delay);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task A_notice_of_a_deletion_repeats_nothing_and_replaces_that_of_an_edit()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await anna.SendAsync("@room", "secret");
        await ben.PollAsync();
        await anna.EditAsync("@room", 1, "more secret");
        await anna.DeleteAsync("@room", 1);
        await anna.SendAsync("@room", "next");
        await SeenAsync(anna, 2);
        Assert.Equal("next", Assert.Single(await ben.PollAsync()).Text);
        server.Clock!.Advance(Delay);
        Assert.Equal("anna deleted a message.", Assert.Single(await ben.PollAsync()).Text);
        // A newcomer has never seen it.
        await using var carl = await RawKaiClient.SignInAsync(server.Native, "carl", "@room");
        Assert.Equal("next", Assert.Single(await carl.PollAsync()).Text);
    }

    [Fact]
    public async Task Rules_say_which_channels_hear_of_what()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync(
            "KaiChat:Changes:0:Channels=@q*", "KaiChat:Changes:0:Edits=Silent", "KaiChat:Changes:0:Deletions=Silent", "KaiChat:Changes:1:Reactions=Note");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@quiet");
        await anna.JoinAsync("@loud");
        await using var quiet = await RawKaiClient.SignInAsync(server.Native, "quiet", "@quiet");
        await using var loud = await RawKaiClient.SignInAsync(server.Native, "loud", "@loud");
        foreach (var (channel, native) in ((string, RawKaiClient)[])[("@quiet", quiet), ("@loud", loud)])
        {
            foreach (var text in (string[])["one", "two"]) await anna.SendAsync(channel, text);
            await native.PollAsync();
            await native.SendAsync(KaiPdu.Send("own"));
            await native.FenceAsync();
            await native.PollAsync();
            await anna.EditAsync(channel, 1, new string('x', 300));
            await anna.ReactAsync(channel, 2, "👍");
            await anna.ReactAsync(channel, 3, "🎉");
            await SeenAsync(anna, 3);
            await native.PollAsync();
        }
        server.Clock!.Advance(Delay);

        Assert.True(Assert.Single(await quiet.PollAsync()).UpToDate);
        Assert.Equal(
            [$"anna edited: {new string('x', 197)}...", "anna reacted :thumbsup: to anna's message.", "anna reacted :tada: to your message."],
            (await loud.PollAsync()).Select(pdu => pdu.Text));
    }

    [Fact]
    public async Task What_operators_settle_for_a_channel_counts_before_the_rules_and_from_then_on()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        foreach (var text in (string[])["one", "two"]) await anna.SendAsync("@room", text);
        await ben.PollAsync();

        // Waiting when it is settled that there is to be nothing.
        await anna.EditAsync("@room", 1, "ONE");
        await SeenAsync(anna, 1);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
        await SettleAsync(someone, "silent", "silent", "note");
        server.Clock!.Advance(Delay);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);

        await anna.EditAsync("@room", 2, "TWO");
        await anna.ReactAsync("@room", 1, "\U0001F44D");
        await SeenAsync(anna, 3);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
        server.Clock.Advance(Delay);
        Assert.Equal("anna reacted :thumbsup: to anna's message.", Assert.Single(await ben.PollAsync()).Text);

        await SettleAsync(someone, "note", "note", "silent");
        await anna.EditAsync("@room", 2, "Two");
        await anna.ReactAsync("@room", 1, "\U0001F389");
        await SeenAsync(anna, 5);
        await ben.PollAsync();
        server.Clock.Advance(Delay);
        Assert.Equal("anna edited: Two", Assert.Single(await ben.PollAsync()).Text);
    }

    [Fact]
    public async Task Who_has_seen_a_message_that_an_operator_deletes_hears_whose_it_was_and_not_what()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await anna.SendAsync("@room", "rude");
        await ben.PollAsync();
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync("/api/v1/channels/room/messages/1"));
        await SeenAsync(anna, 1);
        await ben.PollAsync();
        server.Clock!.Advance(Delay);

        Assert.Equal("An operator deleted a message of anna.", Assert.Single(await ben.PollAsync()).Text);
    }

    private static Task<ChannelDetails> SettleAsync(Operator someone, string edits, string deletions, string reactions) => someone.SendAsync<ChannelDetails>(
        HttpStatusCode.OK, HttpMethod.Patch, "/api/v1/channels/room", new { native = new { edits, deletions, reactions } });

    private static async Task SeenAsync(WebUser user, long rev) => await user.WaitForAsync<Message>(nameof(IChatClient.MessageChanged), message => message.Rev == rev);
}
