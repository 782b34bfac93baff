using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>A PDU for people.</summary>
internal static class EntryText
{
    /// <summary>Number, time, direction, command, fields and state, in one line.</summary>
    public static string Line(TraceEntry entry)
    {
        var (from, name) = entry switch
        {
            ClientEntry pdu => ("client", CommandName.Of(pdu)),
            ServerEntry pdu => ("server", KaiPduFields.NameOf(pdu.Pdu.Command)),
            _ => throw new NotSupportedException(),
        };
        return $"{"#" + entry.Number,-5}{entry.At.TotalSeconds,8:0.000} s  {from}  {name,-19}  {entry.State,-18}  {Fields(entry)}".TrimEnd();
    }

    /// <summary>The fields that mean something for the command.</summary>
    public static string Fields(TraceEntry entry) => entry switch
    {
        ClientEntry pdu => OfClient(pdu),
        ServerEntry pdu => pdu.Trial == Trial.None ? OfServer(pdu) : $"{OfServer(pdu)} (trial: {pdu.Trial})".TrimStart(),
        _ => "",
    };

    /// <summary>All bytes, 16 a row; rows of zeros are left out.</summary>
    public static IEnumerable<string> Hex(TraceEntry entry)
    {
        for (var at = 0; at < entry.Bytes.Length; at += 16)
        {
            var row = entry.Bytes.AsSpan(at, Math.Min(16, entry.Bytes.Length - at));
            if (row.ContainsAnyExcept((byte)0)) yield return $"       {at,4}  {VisibleBytes.Hex(row),-47}  {Signs(row)}";
        }
    }

    private static string OfClient(ClientEntry pdu) => pdu.Command switch
    {
        KaiCommand.VersionNegotiation => HandshakeChecks.DescribeVersion(pdu),
        KaiCommand.ClientInfo => $"username {VisibleBytes.Of(pdu.Pdu.Username)}",
        KaiCommand.JoinChannel => $"username {VisibleBytes.Of(pdu.Pdu.Username)}, channel {VisibleBytes.Of(pdu.Pdu.Channel)}",
        KaiCommand.SendMessage => $"text {VisibleBytes.Of(pdu.Text)}, {TextChecks.NameOf(pdu.Text)}",
        null => VisibleBytes.Hex(pdu.Bytes.AsSpan(PduField.Command)),
        _ => "",
    };

    private static string OfServer(ServerEntry pdu) => pdu.Pdu switch
    {
        { Command: KaiCommand.VersionNegotiation } => $"version {pdu.Pdu.Version}",
        { Command: KaiCommand.ReceiveMessage, UpToDate: true } => $"channel {VisibleBytes.Of(pdu.Pdu.Channel)}, nothing new",
        { Command: KaiCommand.ReceiveMessage } => $"from {VisibleBytes.Of(pdu.Pdu.Username)}, channel {VisibleBytes.Of(pdu.Pdu.Channel)}, text {VisibleBytes.Of(pdu.Pdu.Text)}",
        _ => "",
    };

    private static string Signs(ReadOnlySpan<byte> row) => string.Concat(row.ToArray().Select(value => value is >= (byte)' ' and <= (byte)'~' ? (char)value : '.'));
}
