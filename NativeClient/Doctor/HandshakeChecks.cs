using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;
using static KaiChat.NativeClient.Doctor.Observation;

namespace KaiChat.NativeClient.Doctor;

/// <summary>From the PING to CLIENT_INFO: what comes, in which order, how soon.</summary>
internal static class HandshakeChecks
{
    /// <summary>What a server gives each step (<c>KaiChat:HandshakeTimeout</c>).</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    public static IEnumerable<Observation> VersionNumber(Trace trace) => trace.Of(KaiCommand.VersionNegotiation).Select(pdu => pdu.Pdu.Version > 0
        ? Kept(pdu, DescribeVersion(pdu))
        : Broken(pdu, $"{DescribeVersion(pdu)}; the server explains and closes"));

    public static IEnumerable<Observation> VersionAfterOffer(Trace trace) => trace.FromClient.Take(1).Where(pdu => pdu.Command == KaiCommand.PingPong)
        .SelectMany(_ => trace.Of(KaiCommand.VersionNegotiation).Take(1))
        .Select(pdu => trace.Hasty ? Broken(pdu, "more had come before the offer went out") : Kept(pdu, "it waited"));

    public static IEnumerable<Observation> VersionBeforeClientInfo(Trace trace) => trace.Of(KaiCommand.ClientInfo).Take(1).Select(pdu =>
        Came(trace, KaiCommand.VersionNegotiation, pdu) ? Kept(pdu, "it did") : Broken(pdu, "CLIENT_INFO without VERSION_NEGOTIATION"));

    public static IEnumerable<Observation> VersionOnce(Trace trace) => trace.Of(KaiCommand.VersionNegotiation).Select((pdu, place) =>
        place == 0 ? Kept(pdu, "the first") : Broken(pdu, "another one, which is ignored"));

    public static IEnumerable<Observation> ClientInfoOnce(Trace trace)
    {
        var taken = false;
        foreach (var pdu in trace.Of(KaiCommand.ClientInfo))
        {
            yield return taken ? Broken(pdu, "another one, which is ignored") : Kept(pdu, "the first");
            taken |= Shared.Names.Username.TryParse(pdu.Pdu.Username, out _, out var _);
        }
    }

    public static IEnumerable<Observation> PingInTime(Trace trace) =>
        trace.FirstByte is null ? [] : InTime(trace, TimeSpan.Zero, trace.FromClient.FirstOrDefault());

    public static IEnumerable<Observation> VersionInTime(Trace trace) =>
        trace.FromServer.FirstOrDefault(pdu => pdu.Pdu.Command == KaiCommand.VersionNegotiation) is { } offer
            ? InTime(trace, offer.At, First(trace, KaiCommand.VersionNegotiation, instead: KaiCommand.ClientInfo))
            : [];

    public static IEnumerable<Observation> ClientInfoInTime(Trace trace) =>
        trace.Of(KaiCommand.VersionNegotiation).FirstOrDefault() is { } selected
            ? InTime(trace, selected.At, First(trace, KaiCommand.ClientInfo, instead: KaiCommand.JoinChannel))
            : [];

    /// <summary>The version that a client selects, and how it is written.</summary>
    public static string DescribeVersion(ClientEntry pdu)
    {
        var field = pdu.Parameters;
        return pdu.Pdu.Version switch
        {
            0 => $"{VisibleBytes.Hex(field[..4])}, which is no version from 1 to {KaiPdu.HighestVersion} in any encoding",
            var version when BinaryPrimitives.ReadInt32LittleEndian(field) == version => $"version {version} as int32 little-endian",
            var version when BinaryPrimitives.ReadInt16BigEndian(field) == version => $"version {version} as int16 big-endian",
            var version => $"version {version} as int32 big-endian",
        };
    }

    /// <summary>Whether a command came before a PDU.</summary>
    public static bool Came(Trace trace, KaiCommand command, ClientEntry before) => trace.Of(command).Any(pdu => pdu.Number < before.Number);

    /// <summary>A step that was left out is another rule's.</summary>
    private static ClientEntry? First(Trace trace, KaiCommand command, KaiCommand instead) =>
        trace.Of(command).FirstOrDefault() ?? trace.Of(instead).FirstOrDefault();

    private static IEnumerable<Observation> InTime(Trace trace, TimeSpan from, ClientEntry? pdu)
    {
        var at = pdu?.At ?? trace.End?.At;
        if (at is null) yield break;
        var took = $"{(at.Value - from).TotalSeconds:0.###} s";
        var late = at.Value - from > Step;
        if (pdu is not null) yield return late ? Broken(pdu, took) : Kept(pdu, took);
        else if (late) yield return Of(Outcome.Broken, $"nothing in {took}");
    }
}
