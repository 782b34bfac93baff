using System.Buffers.Binary;
using System.Text;

namespace KaiChat.Shared.KaiChat;

/// <summary>
/// One whole PDU to a value. A text field ends at its first NUL or at its end; what stands behind the NUL is garbage (the author's client sends
/// whatever its buffer held before) and is never looked at.
/// </summary>
internal static class KaiPduDecoder
{
    /// <param name="frame">Exactly <see cref="KaiPdu.Length"/> bytes.</param>
    public static KaiPdu Decode(ReadOnlySpan<byte> frame, KaiSide from, ref KaiByteOrder? order)
    {
        var word = frame.Slice(KaiPduLayout.Command, sizeof(int));
        var settled = order ?? SettleOrder(word);
        var command = ReadCommand(word, settled);
        order = settled;
        return (from, command) switch
        {
            (_, KaiCommand.VersionNegotiation) =>
                KaiPdu.VersionNegotiation(KaiVersionField.Read(frame[KaiPduLayout.Parameters..], from)),
            (KaiSide.Client, KaiCommand.ClientInfo) => KaiPdu.ClientInfo(ReadClientInfo(frame)),
            (KaiSide.Client, KaiCommand.JoinChannel) => ReadJoin(frame),
            (KaiSide.Client, KaiCommand.SendMessage) => KaiPdu.Send(ReadText(frame)),
            (KaiSide.Server, KaiCommand.ReceiveMessage) => ReadMessage(frame),
            _ => new KaiPdu(command),
        };
    }

    private static KaiByteOrder SettleOrder(ReadOnlySpan<byte> word) => BinaryPrimitives.ReadInt32LittleEndian(word) switch
    {
        (int)KaiCommand.PingPong => KaiByteOrder.Little,
        (int)KaiCommand.PingPong << 24 => KaiByteOrder.Big,
        _ => throw new KaiFormatException("command", "the first PDU is not a PING"),
    };

    private static KaiCommand ReadCommand(ReadOnlySpan<byte> word, KaiByteOrder order)
    {
        var value = order == KaiByteOrder.Little
            ? BinaryPrimitives.ReadInt32LittleEndian(word)
            : BinaryPrimitives.ReadInt32BigEndian(word);
        // An unknown number is the session's to ignore and count, but one that is a command back to front says that the two ends
        // disagree about the byte order. (QUIT is 0 in both orders.)
        if (!IsDefined(value) && IsDefined(BinaryPrimitives.ReverseEndianness(value)))
            throw new KaiFormatException("command", "its byte order contradicts the first PDU's");
        return (KaiCommand)value;
    }

    private static bool IsDefined(int value) => value is >= (int)KaiCommand.Quit and <= (int)KaiCommand.Query;

    /// <summary>
    /// A client of the paper's first edition fills the username's column with spaces and puts a host name of 16 characters behind it. Anything else
    /// that is too long is passed on whole, for the session to refuse with the reason.
    /// </summary>
    private static string ReadClientInfo(ReadOnlySpan<byte> frame)
    {
        var text = UpToNul(frame[KaiPduLayout.Parameters..]);
        if (text.Length > KaiPduLayout.UsernameLength && text[KaiPduLayout.UsernameLength] == ' ')
            text = text[..KaiPduLayout.UsernameLength].TrimEnd((byte)' ');
        return Encoding.Latin1.GetString(text);
    }

    /// <summary>
    /// Reads the columns; where no <c>@</c> begins the channel's, the prefix as the first edition allows it: username, one space, channel. Where that
    /// fails too, the channel's column counts as it stands, so that the refusal can name what was asked for.
    /// </summary>
    private static KaiPdu ReadJoin(ReadOnlySpan<byte> frame)
    {
        if (frame[KaiPduLayout.Channel] != '@')
        {
            var prefix = UpToNul(frame[..KaiPduLayout.PrefixLength]);
            var space = prefix.IndexOf(" @"u8);
            if (space >= 0)
            {
                var channel = prefix[(space + 1)..];
                return KaiPdu.Join(
                    Encoding.Latin1.GetString(prefix[..space]),
                    Encoding.Latin1.GetString(channel[..Math.Min(channel.Length, KaiPduLayout.ChannelLength)]));
            }
        }

        return KaiPdu.Join(ReadUsername(frame), ReadChannel(frame, KaiPduLayout.ChannelLength));
    }

    /// <summary>
    /// The flag counts at either place: the author's server sets the one, the paper the other. No channel name holds the value 1, so the author's place
    /// is the flag whenever it does, and the channel's name then ends in front of it.
    /// </summary>
    private static KaiPdu ReadMessage(ReadOnlySpan<byte> frame)
    {
        var flagged = frame[KaiPduLayout.AuthorsFlag] == 1;
        return KaiPdu.Receive(
            ReadUsername(frame),
            ReadChannel(frame, flagged ? KaiPduLayout.AuthorsFlag - KaiPduLayout.Channel : KaiPduLayout.ChannelLength),
            ReadText(frame)) with
        { UpToDate = flagged || frame[KaiPduLayout.Flag] == 1 };
    }

    private static string ReadUsername(ReadOnlySpan<byte> frame) =>
        Encoding.Latin1.GetString(UpToNul(frame[..KaiPduLayout.UsernameLength]));

    private static string ReadChannel(ReadOnlySpan<byte> frame, int length) =>
        Encoding.Latin1.GetString(UpToNul(frame.Slice(KaiPduLayout.Channel, length)));

    private static string ReadText(ReadOnlySpan<byte> frame) => KaiText.Decode(UpToNul(frame[KaiPduLayout.Parameters..]));

    private static ReadOnlySpan<byte> UpToNul(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }
}
