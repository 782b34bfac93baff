using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.KaiChat;

/// <summary>docs/protocols/kaichat.md: "QUERY and RECEIVE_MESSAGE".</summary>
public sealed class DeliveryTests
{
    [Fact]
    public async Task Batch_sends_one_pdu_for_each_pending_message_and_one_up_to_date_when_there_is_none()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await anna.SendAsync(KaiPdu.Send("one"), KaiPdu.Send("two"), KaiPdu.Send("three"));
        await anna.FenceAsync();

        var answer = await ben.PollAsync();
        Assert.Equal(["one", "two", "three"], answer.Select(pdu => pdu.Text));
        Assert.All(answer, pdu => Assert.Equal(("anna", "@room", false), (pdu.Username, pdu.Channel, pdu.UpToDate)));
        var none = Assert.Single(await ben.PollAsync());
        Assert.Equal(("SERVER", "@room", true, ""), (none.Username, none.Channel, none.UpToDate, none.Text));
    }

    [Fact]
    public async Task Single_sends_exactly_one_pdu_a_query_and_folds_the_rest_into_it()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Delivery=Single");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await using var carl = await RawKaiClient.SignInAsync(server.Native, "carl", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await anna.SendAsync(KaiPdu.Send("one"), KaiPdu.Send("two"));
        await anna.FenceAsync();
        await carl.SendAsync(KaiPdu.Send("three"));
        await carl.FenceAsync();

        var answer = Assert.Single(await ben.PollAsync());
        Assert.Equal("anna", answer.Username);
        Assert.Equal("one\n[anna]> two\n[carl]> three", answer.Text);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Single_goes_on_where_it_stopped_when_the_pending_text_does_not_fit()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:Delivery=Single");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        var lines = Enumerable.Range(0, 9).Select(i => $"{i}{new string((char)('a' + i), 700)}").ToArray();
        await anna.SendAsync("@room", string.Join('\n', lines));

        var answers = new List<string>();
        while (Assert.Single(await ben.PollAsync()) is { UpToDate: false } answer)
        {
            Assert.True(answer.Text.Length <= KaiPdu.MaxTextLength);
            answers.AddRange(answer.Text.Split('\n').Select(line => line.Replace("[anna]> ", "", StringComparison.Ordinal)));
        }
        Assert.Equal(lines, answers);
    }

    [Fact]
    public async Task Nobody_gets_his_own_messages_or_those_of_another_channel()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@other");
        await anna.SendAsync(KaiPdu.Send("for the room"));
        Assert.True(Assert.Single(await anna.PollAsync()).UpToDate);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task A_new_member_first_gets_the_latest_messages_oldest_first()
    {
        await using var server = await ChatServer.StartAsync("KaiChat:HistoryOnJoin=3", "Limits:MessageBurst=1000");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        for (var i = 1; i <= 10; i++) await anna.SendAsync(KaiPdu.Send($"{i}"));
        await anna.FenceAsync();
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        Assert.Equal(["8", "9", "10"], (await ben.PollAsync()).Select(pdu => pdu.Text));
    }

    [Fact]
    public async Task Gets_messages_that_memory_does_not_hold_any_more_from_the_log()
    {
        await using var server = await ChatServer.StartAsync("Limits:FeedLength=4", "Limits:MessageBurst=1000", "KaiChat:HistoryOnJoin=30");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        for (var i = 1; i <= 40; i++) await anna.SendAsync(KaiPdu.Send($"{i}"));
        await anna.FenceAsync();
        Assert.Equal(Enumerable.Range(1, 40).Select(i => $"{i}"), (await ben.PollAsync()).Select(pdu => pdu.Text));
        await using var carl = await RawKaiClient.SignInAsync(server.Native, "carl", "@room");
        Assert.Equal(Enumerable.Range(11, 30).Select(i => $"{i}"), (await carl.PollAsync()).Select(pdu => pdu.Text));
    }

    [Fact]
    public async Task Joining_another_channel_moves_the_client()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@one");
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@one");
        await using var carl = await RawKaiClient.SignInAsync(server.Native, "carl", "@two");
        await anna.SendAsync(KaiPdu.Join("anna", "@two"), KaiPdu.Send("moved"));
        Assert.Equal("moved", Assert.Single(await carl.PollForAsync(1)).Text);
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task A_channel_that_everybody_left_starts_again_empty()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await anna.SendAsync(KaiPdu.Send("old"), KaiPdu.Leave);
        await anna.FenceAsync();
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        Assert.True(Assert.Single(await ben.PollAsync()).UpToDate);
    }

    [Fact]
    public async Task Text_is_read_as_utf8_or_else_as_windows_1252_without_control_characters()
    {
        await using var server = await ChatServer.StartAsync();
        await using var web = await WebUser.SignInAsync(server, "web", "@room");
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@room");
        await anna.SendRawAsync(SendMessage("caf\u00e9 \u20ac"u8.ToArray()));
        await anna.SendRawAsync(SendMessage([(byte)'c', 0xE9, 0x80]));
        await anna.SendRawAsync(SendMessage("a\u001b[31mb\tc\r\n[ben]> forged"u8.ToArray()));
        await anna.SendRawAsync(SendMessage([0x01, 0x02]));
        await anna.FenceAsync();
        var texts = (await web.WaitForMessagesAsync(3)).Select(message => message.Text);
        Assert.Equal(["caf\u00e9 \u20ac", "c\u00e9\u20ac", "a[31mb\tc[ben]> forged"], texts);
    }

    [Fact]
    public async Task Text_of_browsers_reaches_native_clients_in_ascii_one_line_a_pdu()
    {
        await using var server = await ChatServer.StartAsync();
        await using var ben = await RawKaiClient.SignInAsync(server.Native, "ben", "@room");
        await using var web = await WebUser.SignInAsync(server, "web", "@room");
        var sent = await web.SendAsync("@room", "caf\u00e9 \u201cok\u201d\n[SERVER]> forged");
        Assert.Equal(["cafe \"ok\"", "[SERVER]> forged"], (await ben.PollForAsync(2)).Select(pdu => pdu.Text));
        Assert.Equal("cafe \"ok\"\n[SERVER]> forged", sent.NativeText);
    }

    private static byte[] SendMessage(byte[] text)
    {
        var pdu = new byte[KaiPdu.Length];
        KaiPduCodec.Write(pdu, KaiPdu.Send("x"), KaiSide.Client, KaiByteOrder.Little);
        pdu[260] = 0;
        text.CopyTo(pdu, 260);
        return pdu;
    }
}
