using KaiChat.Shared.KaiChat;
using static KaiChat.NativeClient.Doctor.Observation;

namespace KaiChat.NativeClient.Doctor;

/// <summary>What can be seen of any PDU, whatever it says.</summary>
internal static class TransportChecks
{
    private const byte Tls = 0x16;

    public static IEnumerable<Observation> SpeaksFirst(Trace trace)
    {
        if (trace.FirstByte is not null) yield return Of(Outcome.Kept, "it did");
        else if (trace.End is { Reason: not EndReason.Stopped } end) yield return Of(Outcome.Broken, $"nothing in {end.At.TotalSeconds:0.###} s");
    }

    public static IEnumerable<Observation> FirstByte(Trace trace)
    {
        if (trace.FirstByte is not { } first) yield break;
        yield return first switch
        {
            Tls or 0 => Of(Outcome.Kept, trace.Security ?? "TLS"),
            0x0D or (byte)'P' => Of(Outcome.Broken, $"0x{first:X2}: the header of a proxy? Only one that the operator trusts may send it"),
            _ => Of(Outcome.Broken, $"0x{first:X2}"),
        };
    }

    public static IEnumerable<Observation> WholePdus(Trace trace)
    {
        foreach (var pdu in trace.FromClient) yield return Kept(pdu, "2260 bytes");
        if (trace.End is { LeftOver: > 0 } end) yield return Of(Outcome.Broken, $"{end.LeftOver} bytes of a PDU at the end of the session");
    }

    public static IEnumerable<Observation> Zeroed(Trace trace) => trace.FromClient.Select(pdu =>
    {
        var prefix = pdu.Command == KaiCommand.JoinChannel
            ? PduField.HasGarbage(pdu.Bytes.AsSpan(PduField.Username)) || PduField.HasGarbage(pdu.Bytes.AsSpan(PduField.Channel))
            : PduField.HasGarbage(pdu.Prefix);
        // What stands behind a version's four bytes is nobody's text.
        var parameters = pdu.Command == KaiCommand.VersionNegotiation
            ? pdu.Parameters[4..].ContainsAnyExcept((byte)0)
            : PduField.HasGarbage(pdu.Parameters);
        return !prefix && !parameters
            ? Kept(pdu, "zeros")
            : Noted(pdu, $"garbage in the {(prefix && parameters ? "prefix and the parameters" : prefix ? "prefix" : "parameters")}: nobody reads it");
    });

    public static IEnumerable<Observation> KnownCommand(Trace trace) => trace.FromClient.Select(pdu => pdu.Command is null
        ? Broken(pdu, $"{VisibleBytes.Hex(pdu.Bytes.AsSpan(PduField.Command))}; it is ignored, and the 16th in a row closes the connection")
        : Kept(pdu, "a command"));

    public static IEnumerable<Observation> Direction(Trace trace) => trace.FromClient.Where(pdu => pdu.Command is not null).Select(pdu =>
        pdu.Command == KaiCommand.ReceiveMessage ? Broken(pdu, "RECEIVE_MESSAGE from the client") : Kept(pdu, "a client's command"));

    public static IEnumerable<Observation> EmptyFields(Trace trace) => trace.FromClient.Where(pdu => pdu.Command is not null).Select(pdu =>
    {
        var prefix = pdu.Command != KaiCommand.JoinChannel && pdu.Prefix[0] != 0;
        var parameters = pdu.Command is not (KaiCommand.VersionNegotiation or KaiCommand.ClientInfo or KaiCommand.SendMessage or KaiCommand.ReceiveMessage)
            && pdu.Parameters[0] != 0;
        return prefix ? Noted(pdu, $"a prefix, {VisibleBytes.Of(PduField.UpToNul(pdu.Prefix))}: nobody reads it")
            : parameters ? Noted(pdu, $"parameters, {VisibleBytes.Of(pdu.Text)}: nobody reads them")
            : Kept(pdu, "empty");
    });

    public static IEnumerable<Observation> PingFirst(Trace trace) => trace.FromClient.Take(1).Select(pdu => pdu.Command == KaiCommand.PingPong
        ? Kept(pdu, trace.Order == KaiByteOrder.Little ? "little-endian" : "big-endian")
        : Broken(pdu, $"{CommandName.Of(pdu)}, {VisibleBytes.Hex(pdu.Bytes.AsSpan(PduField.Command))}"));

    /// <summary>QUIT is 0 in both orders and says nothing.</summary>
    public static IEnumerable<Observation> OrderKept(Trace trace) => trace.FromClient.Skip(1).Where(pdu => pdu.Command is not (null or KaiCommand.Quit)).Select(pdu =>
        pdu.WrongOrder ? Broken(pdu, $"{VisibleBytes.Hex(pdu.Bytes.AsSpan(PduField.Command))}, which is {CommandName.Of(pdu)} in the other order") : Kept(pdu, "as the first"));
}
