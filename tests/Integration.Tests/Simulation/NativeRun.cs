using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>What a native client is shown of one channel from a join on.</summary>
/// <param name="name">Its username, which nobody else ever has in this test: its own messages do not come back to it.</param>
internal sealed class NativeRun(string name, string channel)
{
    private readonly List<(string Author, string Text)> _lines = [];

    public string Name { get; } = name;

    public string Channel { get; } = channel;

    public int Count => _lines.Count;

    /// <summary>Sends, asks for news, and takes PDU by PDU what comes, so that what came before a connection broke counts. Afterwards all that was sent is taken.</summary>
    public async Task PollAsync(RawKaiClient client, params KaiPdu[] before)
    {
        await client.SendAsync([.. before, KaiPdu.Query, KaiPdu.Ping]);
        while (await client.ReceiveAsync() is { Command: not KaiCommand.PingPong } pdu) Take(pdu);
    }

    /// <summary>Takes a PDU that came.</summary>
    public void Take(KaiPdu pdu)
    {
        if (pdu is { Command: KaiCommand.ReceiveMessage, UpToDate: false }) _lines.AddRange(Unfold(pdu));
    }

    /// <summary>Takes out what somebody said who does not speak through the log.</summary>
    public IReadOnlyList<string> TakeWordsOf(string author)
    {
        var words = _lines.Where(line => line.Author == author).Select(line => line.Text).ToArray();
        _lines.RemoveAll(line => line.Author == author);
        return words;
    }

    /// <summary>It is one piece of the log without a hole, in the same order.</summary>
    /// <param name="log">The channel's messages.</param>
    /// <returns>The seq of the first message it was shown; null if it was shown none.</returns>
    public long? ExpectRunOf(IReadOnlyList<Message> log)
    {
        if (_lines.Count == 0) return null;
        var others = log.Where(message => message.Author != Name).ToArray();
        var from = Array.FindIndex(others, message => (message.Author, message.Text) == _lines[0]);
        Assert.True(from >= 0, $"{Name} was shown what is not in the log: {_lines[0]}");
        Assert.Equal(others.Skip(from).Take(_lines.Count).Select(message => (message.Author, message.Text)), _lines);
        return others[from].Seq;
    }

    /// <summary>In <c>Single</c> further messages stand in the text as <c>[name]> text</c>.</summary>
    private static IEnumerable<(string Author, string Text)> Unfold(KaiPdu pdu)
    {
        foreach (var line in pdu.Text.Split('\n'))
        {
            var folded = line.StartsWith('[') ? line.IndexOf("]> ", StringComparison.Ordinal) : -1;
            yield return folded < 0 ? (pdu.Username, line) : (line[1..folded], line[(folded + 3)..]);
        }
    }
}
