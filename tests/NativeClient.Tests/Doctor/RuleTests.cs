using KaiChat.NativeClient.Doctor;
using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;
using static KaiChat.NativeClient.Tests.Doctor.PlayedSession;

namespace KaiChat.NativeClient.Tests.Doctor;

/// <summary>Each rule broken once, by a client that does everything else right.</summary>
public sealed class RuleTests
{
    private const int Ping = 0;
    private const int Version = 1;
    private const int ClientInfo = 2;
    private const int Join = 3;
    private const int Send = 4;
    private const int FirstQuery = 5;

    /// <summary>Rules that only tell what they saw.</summary>
    private static readonly string[] Never = ["pdu.zeroed", "command.empty-fields", "send.encoding", "copes.shown"];

    private static readonly int Leave = Good.Client.Count - 2;

    private static readonly Dictionary<string, PlayedSession> WrongClients = new()
    {
        ["transport.speaks-first"] = Of([]) with { FirstByte = null, Reason = EndReason.TimedOut, Rest = 60 },
        ["transport.first-byte"] = Good with { FirstByte = (byte)'G' },
        ["pdu.whole"] = Good with { LeftOver = 100 },
        ["prefix.columns"] = Good.Instead(Join, ClientPdus.Of(KaiPdu.Join("alice", "@general")).With(10, 0)),
        ["prefix.username"] = Good.Instead(Join, ClientPdus.Of(KaiPdu.Join("bob", "@general"))),
        ["command.known"] = Good.Insert(FirstQuery, ClientPdus.Word(99)),
        ["command.direction"] = Good.Insert(FirstQuery, ClientPdus.Word((int)KaiCommand.ReceiveMessage)),
        ["order.ping-first"] = Good.Without(Ping),
        ["order.kept"] = Good.Instead(FirstQuery, ClientPdus.Of(KaiPdu.Query, KaiByteOrder.Big)),
        ["version.number"] = Good.Instead(Version, ClientPdus.Of(KaiPdu.VersionNegotiation(7))),
        ["version.after-offer"] = Good with { Hasty = true },
        ["version.before-client-info"] = Good.Without(Version),
        ["version.once"] = Good.Insert(Join, ClientPdus.Of(KaiPdu.VersionNegotiation(1))),
        ["client-info.once"] = Good.Insert(FirstQuery, ClientPdus.Of(KaiPdu.ClientInfo("alice"))),
        ["ping.in-time"] = Good.Late(Ping, 31),
        ["version.in-time"] = Good.Late(Version, 31),
        ["client-info.in-time"] = Good.Late(ClientInfo, 31),
        ["join.after-client-info"] = Good.Insert(ClientInfo, ClientPdus.Of(KaiPdu.Join("alice", "@general"))),
        ["send.in-channel"] = Good.Insert(Join, ClientPdus.Of(KaiPdu.Send("too early"))),
        ["leave.in-channel"] = Good.Insert(Leave, ClientPdus.Of(KaiPdu.Leave)),
        ["query.after-client-info"] = Good.Insert(ClientInfo, ClientPdus.Of(KaiPdu.Query)),
        ["quit.before-closing"] = Good.Without(Good.Client.Count - 1),
        ["quit.last"] = Good.Append(ClientPdus.Of(KaiPdu.Query)),
        ["name.user"] = Good.Instead(ClientInfo, ClientPdus.Of(KaiPdu.ClientInfo("Server"))).Instead(Join, ClientPdus.Of(KaiPdu.Join("Server", "@general"))),
        ["name.channel"] = Good.Instead(Join, ClientPdus.Of(KaiPdu.Join("alice", "general"))),
        ["query.cadence"] = Enumerable.Range(0, 8).Aggregate(Good, (session, _) => session.Insert(Leave, ClientPdus.Of(KaiPdu.Query))),
        ["send.nul"] = Good.Instead(Send, ClientPdus.Of(KaiPdu.Send("x")).With(260, [.. Enumerable.Repeat((byte)'y', 2000)])),
        ["send.not-empty"] = Good.Instead(Send, ClientPdus.Of(KaiPdu.Send(""))),
        ["send.controls"] = Good.Instead(Send, ClientPdus.Of(KaiPdu.Send("\u001B[2Jhello"))),
        ["copes.handshake"] = Good.CutBehind(Trial.Together),
        ["copes.up-to-date"] = Good.CutBehind(Trial.UpToDate),
        ["copes.message"] = Good.CutBehind(Trial.Message),
        ["copes.batch"] = Good.CutBehind(Trial.Batch),
        ["copes.reads-all"] = Good.Without(Good.Client.Count - 1) with { Reason = EndReason.Lost },
        ["copes.slow"] = Good.CutBehind(Trial.Slow),
        ["copes.notice"] = Good.CutBehind(Trial.Notice),
        ["copes.long"] = Good.CutBehind(Trial.Long),
        ["copes.pong"] = Good.CutBehind(Trial.Pong),
        ["copes.pieces"] = Good.CutBehind(Trial.Pieces),
    };

    public static TheoryData<string> Ids => [.. Rules.All.Select(rule => rule.Id).Except(Never)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_client_that_breaks_one_rule_is_told_that_one_and_no_other(string id)
    {
        var broken = WrongClients[id].Judge().Where(judgement => judgement.Verdict == Verdict.Broken);
        Assert.Equal([id], broken.Select(judgement => judgement.Rule.Id));
    }

    [Fact]
    public void A_client_that_does_everything_right_passes_every_rule()
    {
        var session = Good.Insert(Leave, ClientPdus.Of(KaiPdu.Send("I see: harbour")));
        Assert.All(session.Judge(), judgement => Assert.True(judgement.Verdict == Verdict.Passed, judgement.Rule.Id));
    }

    [Fact]
    public void Nothing_is_passed_that_had_no_occasion()
    {
        var judgements = Of([ClientPdus.Of(KaiPdu.Ping), ClientPdus.Of(KaiPdu.Quit)]).Judge();
        foreach (var id in (string[])["send.nul", "name.user", "copes.batch", "leave.in-channel", "query.cadence", "copes.shown"])
            Assert.Equal(Verdict.NotSeen, judgements.Single(judgement => judgement.Rule.Id == id).Verdict);
        Assert.DoesNotContain(judgements, judgement => judgement.Verdict == Verdict.Broken);
    }

    [Fact]
    public void Ids_are_unique_and_every_section_is_a_heading_of_the_page()
    {
        Assert.Equal(Rules.All.Count, Rules.All.DistinctBy(rule => rule.Id).Count());
        var headings = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "kaichat.md")).Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '));
        Assert.Subset(headings.ToHashSet(), Rules.All.Select(rule => rule.Section).ToHashSet());
    }

    [Fact]
    public void A_finding_names_its_PDU_and_what_came()
    {
        var judgement = WrongClients["command.known"].Judge().Single(judgement => judgement.Verdict == Verdict.Broken);
        var finding = Assert.Single(judgement.Findings);
        Assert.Equal(8, finding.Pdu);
        Assert.Equal("63 00 00 00; it is ignored, and the 16th in a row closes the connection", finding.Came);
    }
}
