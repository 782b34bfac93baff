using System.Collections.Concurrent;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>
/// What one user's page holds of its channels over any number of connections, by the rules that pages go by (docs/web-client.md): it enters with the last seq
/// it has, fills a gap from the history, and drops events that the snapshot has. What is being fetched when the connection is lost is fetched again.
/// </summary>
internal sealed class HoldingPage
{
    private readonly Dictionary<string, List<Message>> _held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _snapshots = new(StringComparer.Ordinal);

    /// <summary>Everything it was ever shown, in whatever way, held or not.</summary>
    public ConcurrentQueue<Message> Shown { get; } = new();

    /// <summary>How many gaps it had to fill.</summary>
    public int Gaps { get; private set; }

    public IReadOnlyList<Message> HeldOf(string channel) => Held(channel);

    /// <summary>Enters a channel and gets what is missing.</summary>
    /// <param name="random">Decides how much of the history is asked for at a time.</param>
    public async Task EnterAsync(WebUser user, string channel, Random random)
    {
        var held = Held(channel);
        var last = held.Count == 0 ? 0 : held[^1].Seq;
        var snapshot = last == 0 ? await user.JoinAsync(channel) : await user.ResumeAsync(channel, last);
        var missed = Show(snapshot.Messages);
        if (snapshot.Gap) Gaps++;
        while (snapshot.Gap && missed[0].Seq > last + 1)
        {
            var earlier = await user.HistoryAsync(channel, missed[0].Seq, random.Next(1, 201));
            missed.InsertRange(0, Show(earlier.Messages).Where(message => message.Seq > last));
        }
        held.AddRange(missed);
        _snapshots[channel] = snapshot.LastSeq;
    }

    /// <summary>Takes what came on a connection that has ended.</summary>
    public void Take(WebUser ended)
    {
        foreach (var events in Show(ended.Messages).GroupBy(message => message.Channel, StringComparer.Ordinal))
        {
            ExpectRun(events);
            if (_snapshots.TryGetValue(events.Key, out var snapshot)) Held(events.Key).AddRange(events.Where(message => message.Seq > snapshot));
        }
        _snapshots.Clear();
        foreach (var held in _held.Values) ExpectRun(held);
    }

    /// <summary>Nothing it was shown is not in the log, and nothing it holds is missing, there twice or in another place.</summary>
    public void ExpectAgreement(string channel, IReadOnlyList<Message> log)
    {
        Assert.All(Shown.Where(message => message.Channel == channel).Distinct(), message => Assert.Equal(message, log.ElementAtOrDefault((int)message.Seq - 1)));
        var held = Held(channel);
        if (held.Count > 0) Assert.Equal(log.Skip((int)held[0].Seq - 1).Take(held.Count), held);
    }

    /// <summary>No hole and no repetition.</summary>
    private static void ExpectRun(IEnumerable<Message> messages)
    {
        var seqs = messages.Select(message => message.Seq).ToArray();
        if (seqs.Length > 0) Assert.Equal(Enumerable.Range(0, seqs.Length).Select(i => seqs[0] + i), seqs);
    }

    private List<Message> Held(string channel)
    {
        if (!_held.TryGetValue(channel, out var held)) _held[channel] = held = [];
        return held;
    }

    private List<Message> Show(IReadOnlyCollection<Message> messages)
    {
        foreach (var message in messages) Shown.Enqueue(message);
        return [.. messages];
    }
}
