using KaiChat.NativeClient.Doctor;
using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Doctor;

/// <summary>A session without a socket: what a client sends, with its times, played against the doctor's own part.</summary>
internal sealed record PlayedSession(IReadOnlyList<(double At, byte[] Bytes)> Client)
{
    private const double Step = 4;

    public byte? FirstByte { get; init; } = 0;

    public bool Hasty { get; init; }

    public EndReason Reason { get; init; } = EndReason.Closed;

    public int LeftOver { get; init; }

    /// <summary>Seconds from the last PDU to the end.</summary>
    public double Rest { get; init; } = 2;

    /// <summary>A client that does everything right, and asks until it has had every trial and some more. One PDU every four seconds.</summary>
    public static PlayedSession Good { get; } = Of(
        [
            ClientPdus.Of(KaiPdu.Ping),
            ClientPdus.Of(KaiPdu.VersionNegotiation(1)),
            ClientPdus.Of(KaiPdu.ClientInfo("alice")),
            ClientPdus.Of(KaiPdu.Join("alice", "@general")),
            ClientPdus.Of(KaiPdu.Send("hello")),
            .. Enumerable.Repeat(ClientPdus.Of(KaiPdu.Query), TrialTexts.OfQuery.Count + 4),
            ClientPdus.Of(KaiPdu.Leave),
            ClientPdus.Of(KaiPdu.Quit),
        ]);

    public static PlayedSession Of(IEnumerable<byte[]> pdus) => new([.. pdus.Select((bytes, place) => (place * Step, bytes))]);

    public PlayedSession Instead(int place, byte[] bytes) => this with { Client = [.. Client.Take(place), (Client[place].At, bytes), .. Client.Skip(place + 1)] };

    public PlayedSession Insert(int place, byte[] bytes) => this with { Client = [.. Client.Take(place), (Client[place].At, bytes), .. Client.Skip(place)] };

    public PlayedSession Append(byte[] bytes) => this with { Client = [.. Client, (Client[^1].At + Step, bytes)] };

    public PlayedSession Without(int place) => this with { Client = [.. Client.Where((_, at) => at != place)] };

    /// <summary>Everything from a place on comes later.</summary>
    public PlayedSession Late(int place, double by) => this with { Client = [.. Client.Select((pdu, at) => at < place ? pdu : (pdu.At + by, pdu.Bytes))] };

    /// <summary>Ends right behind the answer that is a trial.</summary>
    public PlayedSession CutBehind(Trial trial)
    {
        var last = Trace().FromServer.First(pdu => pdu.Trial == trial).At.TotalSeconds;
        return this with { Client = [.. Client.Where(pdu => pdu.At <= last)], Rest = 0.2 };
    }

    public Trace Trace()
    {
        var trace = new Trace { FirstByte = FirstByte, Security = "plain TCP", Hasty = Hasty };
        var playbook = new Playbook();
        foreach (var (at, bytes) in Client)
        {
            var pdu = trace.AddClient(bytes, TimeSpan.FromSeconds(at));
            var answer = playbook.Next(trace, pdu);
            foreach (var said in answer.Pdus) trace.AddServer(said, answer.Trial, TimeSpan.FromSeconds(at));
        }

        trace.End = new TraceEnd(Reason, TimeSpan.FromSeconds((Client.Count > 0 ? Client[^1].At : 0) + Rest), LeftOver);
        return trace;
    }

    public IReadOnlyList<Judgement> Judge() => Rules.Judge(Trace());
}
