using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>Every member of a channel, on every front-end, sees the same messages in the same order, without gaps.</summary>
public sealed class OneOrderTests
{
    private const int EachSends = 60;

    [Theory]
    [InlineData("Batch")]
    [InlineData("Single")]
    public async Task Concurrent_senders_on_several_doors_are_seen_in_one_order_by_everybody(string delivery)
    {
        await using var server = await ChatServer.StartAsync(
            $"KaiChat:Delivery={delivery}", "Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000", "Limits:JoinBurst=100000", "Limits:ReadBurst=100000", "Limits:FeedLength=20");
        await using var web1 = await WebUser.SignInAsync(server, "web1", "@room");
        await using var web2 = await WebUser.SignInAsync(server, "web2", "@room");
        await using var watcher = await WebUser.SignInAsync(server, "watcher", "@room");
        await using var plain = await RawKaiClient.SignInAsync(server.Native, "plain", "@room");
        await using var big = await RawKaiClient.SignInAsync(server.Native, "big", "@room", KaiByteOrder.Big);
        await using var secure = await RawKaiClient.SignInAsync(server.Native, "secure", "@room", tls: RawKaiClient.AnyCertificate());
        await using var silent = await RawKaiClient.SignInAsync(server.Native, "silent", "@room");

        const int All = 5 * EachSends;
        var natives = new Dictionary<string, Task<IReadOnlyList<string>>>(StringComparer.Ordinal)
        {
            ["plain"] = ChatAsync(plain, "plain", All - EachSends),
            ["big"] = ChatAsync(big, "big", All - EachSends),
            ["secure"] = ChatAsync(secure, "secure", All - EachSends),
        };
        await Task.WhenAll(SendAllAsync(web1, "web1"), SendAllAsync(web2, "web2"), Task.WhenAll(natives.Values));

        var order = (await watcher.WaitForMessagesAsync(All)).ToArray();
        Assert.Equal(Enumerable.Range(1, All), order.Select(message => (int)message.Seq));
        Assert.Equal(order.Select(message => message.Id), (await web1.WaitForMessagesAsync(All)).Select(message => message.Id));
        Assert.Equal(order.Select(message => message.Id), (await web2.WaitForMessagesAsync(All)).Select(message => message.Id));
        foreach (var (name, seen) in natives)
        {
            Assert.Equal(order.Where(message => message.Author != name).Select(message => message.Text), await seen);
        }
        Assert.Equal(order.Select(message => message.Text), await ReadAsync(silent, All));
    }

    private static async Task SendAllAsync(WebUser user, string name)
    {
        for (var i = 0; i < EachSends; i++) await user.SendAsync("@room", $"{name} {i}");
    }

    /// <summary>Sends and polls in turn, as a native client does.</summary>
    private static async Task<IReadOnlyList<string>> ChatAsync(RawKaiClient client, string name, int expected)
    {
        var seen = new List<string>();
        for (var i = 0; i < EachSends; i++)
        {
            await client.SendAsync(KaiPdu.Send($"{name} {i}"));
            if (i % 7 == 0) seen.AddRange(Texts(await client.PollAsync()));
        }
        while (seen.Count < expected) seen.AddRange(Texts(await client.PollAsync()));
        return seen;
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(RawKaiClient client, int expected)
    {
        var seen = new List<string>();
        while (seen.Count < expected) seen.AddRange(Texts(await client.PollAsync()));
        return seen;
    }

    /// <summary>The messages of an answer, unfolded: in Single further ones stand in the text as "[name]> text".</summary>
    private static IEnumerable<string> Texts(IEnumerable<KaiPdu> answer) =>
        from pdu in answer
        where !pdu.UpToDate
        from line in pdu.Text.Split('\n')
        select line.StartsWith('[') ? line[(line.IndexOf("]> ", StringComparison.Ordinal) + 3)..] : line;
}
