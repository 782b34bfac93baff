using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;
using static KaiChat.NativeClient.Doctor.Observation;

namespace KaiChat.NativeClient.Doctor;

/// <summary>Names, and the columns they stand in.</summary>
internal static class NameChecks
{
    public static IEnumerable<Observation> Columns(Trace trace) => trace.Of(KaiCommand.JoinChannel).Select(pdu =>
    {
        if (IsFirstEdition(pdu)) return Noted(pdu, "name and channel with a single space between, as the paper's first edition had it");
        var space = pdu.Bytes[PduField.Space];
        return space == ' ' ? Kept(pdu, "in their columns") : Broken(pdu, $"0x{space:X2} at {PduField.Space}");
    });

    public static IEnumerable<Observation> SameUsername(Trace trace)
    {
        foreach (var pdu in trace.Of(KaiCommand.JoinChannel))
        {
            if (trace.Of(KaiCommand.ClientInfo).LastOrDefault(info => info.Number < pdu.Number) is not { } info) continue;
            var told = info.Pdu.Username;
            // More than the column holds is the name's fault, not the column's.
            var expected = told.Length > Shared.Names.Username.MaxLength ? told[..Shared.Names.Username.MaxLength] : told;
            yield return pdu.Pdu.Username.TrimEnd(' ') == expected.TrimEnd(' ')
                ? Kept(pdu, VisibleBytes.Of(pdu.Pdu.Username))
                : Broken(pdu, $"{VisibleBytes.Of(pdu.Pdu.Username)}, where CLIENT_INFO said {VisibleBytes.Of(told)}; servers go by CLIENT_INFO");
        }
    }

    public static IEnumerable<Observation> Username(Trace trace) => trace.Of(KaiCommand.ClientInfo).Select(pdu =>
    {
        var name = pdu.Pdu.Username;
        if (!Shared.Names.Username.TryParse(name, out _, out var error)) return Broken(pdu, $"{VisibleBytes.Of(name)}. {error.DescribeUsername()}");
        return pdu.Text.Length > name.Length ? Noted(pdu, $"{VisibleBytes.Of(pdu.Text)}: a host name behind it, as in the paper's first edition") : Kept(pdu, VisibleBytes.Of(name));
    });

    public static IEnumerable<Observation> Channel(Trace trace) => trace.Of(KaiCommand.JoinChannel).Select(pdu =>
    {
        var name = pdu.Pdu.Channel;
        if (!ChannelName.TryParse(name, out _, out var error)) return Broken(pdu, $"{VisibleBytes.Of(name)}. {error.DescribeChannel()}");
        var isFull = !IsFirstEdition(pdu) && name.Length == ChannelName.MaxLength && pdu.Bytes[PduField.Channel.End.Value] != 0;
        return isFull ? Noted(pdu, $"{VisibleBytes.Of(name)}: its column is full and no NUL follows; is the name longer?") : Kept(pdu, VisibleBytes.Of(name));
    });

    private static bool IsFirstEdition(ClientEntry pdu) =>
        pdu.Bytes[PduField.Channel.Start.Value] != '@' && PduField.UpToNul(pdu.Prefix).IndexOf(" @"u8) >= 0;
}
