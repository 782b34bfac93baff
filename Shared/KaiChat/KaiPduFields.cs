using System.Text;
using KaiChat.Shared.Names;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// Takes a PDU apart for people: which bytes are which field, what they mean, and which rule they break. Pure, as the codec is, and of one mind with it: what
/// <see cref="KaiPduDecoder"/> reads is what is shown here, and what it never looks at is never shown.
/// </summary>
public static class KaiPduFields
{
    private const string Text = "text";

    /// <summary>Takes one PDU apart. Never fails.</summary>
    /// <param name="frame">Exactly <see cref="KaiPdu.Length"/> bytes.</param>
    /// <param name="from">Who wrote them.</param>
    /// <param name="order">The connection's byte order; null before the first PDU.</param>
    /// <param name="hideText">Whether texts of messages are replaced by their length.</param>
    /// <exception cref="ArgumentException">It is not one PDU.</exception>
    public static KaiDissection Dissect(ReadOnlySpan<byte> frame, KaiSide from, KaiByteOrder? order, bool hideText)
    {
        if (frame.Length != KaiPdu.Length) throw new ArgumentException($"A PDU has {KaiPdu.Length} bytes.", nameof(frame));
        var settled = order;
        KaiPdu pdu;
        try
        {
            pdu = KaiPduDecoder.Decode(frame, from, ref settled);
        }
        catch (KaiFormatException)
        {
            // Which word it is cannot be said, so nothing else can: it may be anything, texts included.
            var word = frame.Slice(KaiPduLayout.Command, sizeof(int));
            List<KaiField> only = [new("command", KaiPduLayout.Command, sizeof(int), Convert.ToHexStringLower(word))];
            return new(Command: null, only, KaiPduParts.Of(frame, only, hidden: null), order is null ? KaiRules.FirstIsPing : KaiRules.ByteOrder);
        }
        var fields = FieldsOf(frame, from, pdu);
        var hidden = hideText ? fields.Find(field => field.Name == Text) : null;
        var parts = KaiPduParts.Of(frame, fields, hidden);
        if (hidden is not null) fields[fields.IndexOf(hidden)] = hidden with { Value = $"{hidden.Length} bytes" };
        return new(pdu.Command, fields, parts, FindViolation(frame, from, pdu));
    }

    /// <summary>The command as the protocol writes it.</summary>
    public static string NameOf(KaiCommand command) => command switch
    {
        KaiCommand.Quit => "QUIT",
        KaiCommand.VersionNegotiation => "VERSION_NEGOTIATION",
        KaiCommand.ClientInfo => "CLIENT_INFO",
        KaiCommand.JoinChannel => "JOIN_CHANNEL",
        KaiCommand.SendMessage => "SEND_MESSAGE",
        KaiCommand.ReceiveMessage => "RECEIVE_MESSAGE",
        KaiCommand.LeaveChannel => "LEAVE_CHANNEL",
        KaiCommand.PingPong => "PING_PONG",
        KaiCommand.Query => "QUERY",
        _ => ((int)command).ToString(),
    };

    /// <summary>The table of fields by command and side, in order of their offsets.</summary>
    private static List<KaiField> FieldsOf(ReadOnlySpan<byte> frame, KaiSide from, in KaiPdu pdu)
    {
        List<KaiField> fields = [];
        switch (from, pdu.Command)
        {
            case (KaiSide.Server, KaiCommand.VersionNegotiation):
                fields.Add(Column(frame, "sender", 0, KaiPduLayout.UsernameLength));
                break;
            case (KaiSide.Client, KaiCommand.JoinChannel):
                AddJoin(fields, frame, pdu);
                break;
            case (KaiSide.Server, KaiCommand.ReceiveMessage):
                AddMessage(fields, frame);
                break;
        }
        fields.Add(new("command", KaiPduLayout.Command, sizeof(int), NameOf(pdu.Command)));
        switch (from, pdu.Command)
        {
            case (_, KaiCommand.VersionNegotiation):
                fields.Add(new("version", KaiPduLayout.Parameters, sizeof(int), pdu.Version == 0 ? "none" : pdu.Version.ToString()));
                break;
            case (KaiSide.Client, KaiCommand.ClientInfo):
                AddClientInfo(fields, frame, pdu);
                break;
            case (KaiSide.Client, KaiCommand.SendMessage) or (KaiSide.Server, KaiCommand.ReceiveMessage):
                fields.Add(new(Text, KaiPduLayout.Parameters, LengthOf(frame[KaiPduLayout.Parameters..]), pdu.Text));
                break;
        }
        return fields;
    }

    private static void AddJoin(List<KaiField> fields, ReadOnlySpan<byte> frame, in KaiPdu pdu)
    {
        // As the decoder: the first edition's prefix, where no @ begins the channel's column.
        if (frame[KaiPduLayout.Channel] != '@' && frame[..LengthOf(frame[..KaiPduLayout.PrefixLength])].IndexOf(" @"u8) is >= 0 and var space)
        {
            fields.Add(new("username", 0, space, pdu.Username));
            fields.Add(new("channel", space + 1, pdu.Channel.Length, pdu.Channel));
            return;
        }
        fields.Add(Column(frame, "username", 0, KaiPduLayout.UsernameLength));
        AddSeparator(fields, frame);
        fields.Add(Column(frame, "channel", KaiPduLayout.Channel, KaiPduLayout.ChannelLength));
    }

    private static void AddMessage(List<KaiField> fields, ReadOnlySpan<byte> frame)
    {
        var flagged = frame[KaiPduLayout.AuthorsFlag] == 1;
        fields.Add(Column(frame, "sender", 0, KaiPduLayout.UsernameLength));
        AddSeparator(fields, frame);
        fields.Add(Column(frame, "channel", KaiPduLayout.Channel, flagged ? KaiPduLayout.AuthorsFlag - KaiPduLayout.Channel : KaiPduLayout.ChannelLength));
        if (flagged) fields.Add(Flag("authorsFlag", 1, KaiPduLayout.AuthorsFlag));
        fields.Add(Flag("flag", frame[KaiPduLayout.Flag], KaiPduLayout.Flag));
    }

    private static void AddSeparator(List<KaiField> fields, ReadOnlySpan<byte> frame)
    {
        if (frame[KaiPduLayout.Channel - 1] == ' ') fields.Add(new("separator", KaiPduLayout.Channel - 1, 1, "a space"));
    }

    private static void AddClientInfo(List<KaiField> fields, ReadOnlySpan<byte> frame, in KaiPdu pdu)
    {
        var length = LengthOf(frame[KaiPduLayout.Parameters..]);
        var host = KaiPduLayout.Parameters + KaiPduLayout.UsernameLength + 1;
        var isFirstEdition = length > KaiPduLayout.UsernameLength && frame[host - 1] == ' ';
        fields.Add(new("username", KaiPduLayout.Parameters, isFirstEdition ? KaiPduLayout.UsernameLength : length, pdu.Username));
        if (!isFirstEdition) return;
        fields.Add(new("host", host, length - KaiPduLayout.UsernameLength - 1, Encoding.Latin1.GetString(frame.Slice(host, length - KaiPduLayout.UsernameLength - 1))));
    }

    private static KaiField Column(ReadOnlySpan<byte> frame, string name, int offset, int width)
    {
        var length = LengthOf(frame.Slice(offset, width));
        return new(name, offset, length, Encoding.Latin1.GetString(frame.Slice(offset, length)));
    }

    private static KaiField Flag(string name, byte value, int offset) =>
        new(name, offset, 1, value switch { 0 => "0 (a message)", 1 => "1 (nothing new)", _ => value.ToString() });

    private static int LengthOf(ReadOnlySpan<byte> field) => field.IndexOf((byte)0) is >= 0 and var end ? end : field.Length;

    private static KaiViolation? FindViolation(ReadOnlySpan<byte> frame, KaiSide from, in KaiPdu pdu)
    {
        if (!Enum.IsDefined(pdu.Command)) return KaiRules.UnknownCommand;
        var isServers = pdu.Command == KaiCommand.ReceiveMessage;
        if (pdu.Command is not (KaiCommand.PingPong or KaiCommand.VersionNegotiation) && isServers != (from == KaiSide.Server)) return KaiRules.OtherSide;
        switch (pdu.Command)
        {
            case KaiCommand.VersionNegotiation when pdu.Version == 0: return KaiRules.Version;
            case KaiCommand.ClientInfo when !Username.TryParse(pdu.Username, out _, out var error): return KaiRules.Username(error);
            case KaiCommand.JoinChannel when !ChannelName.TryParse(pdu.Channel, out _, out var error): return KaiRules.Channel(error);
            case KaiCommand.SendMessage or KaiCommand.ReceiveMessage or KaiCommand.ClientInfo when !frame[KaiPduLayout.Parameters..].Contains((byte)0): return KaiRules.ClosingNul;
            default: return null;
        }
    }
}
