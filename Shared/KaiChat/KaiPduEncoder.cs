using System.Buffers.Binary;
using System.Text;

namespace KaiChat.Shared.KaiChat;

/// <summary>One value to a whole PDU. A field that would not read back as it was given is refused, never cut.</summary>
internal static class KaiPduEncoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="frame">Exactly <see cref="KaiPdu.Length"/> bytes.</param>
    public static void Encode(Span<byte> frame, in KaiPdu pdu, KaiSide from, KaiByteOrder order)
    {
        frame.Clear();
        var word = frame.Slice(KaiPduLayout.Command, sizeof(int));
        if (order == KaiByteOrder.Little) BinaryPrimitives.WriteInt32LittleEndian(word, (int)pdu.Command);
        else BinaryPrimitives.WriteInt32BigEndian(word, (int)pdu.Command);

        switch (pdu.Command)
        {
            case KaiCommand.VersionNegotiation:
                if (from == KaiSide.Server) WriteName(frame[..KaiPduLayout.UsernameLength], Names.Username.Reserved, nameof(pdu));
                KaiVersionField.Write(frame[KaiPduLayout.Parameters..], pdu.Version, from, order);
                break;
            case KaiCommand.ClientInfo:
                WriteName(frame.Slice(KaiPduLayout.Parameters, KaiPduLayout.UsernameLength), pdu.Username, nameof(pdu.Username));
                break;
            case KaiCommand.JoinChannel:
                WriteColumns(frame, pdu);
                break;
            case KaiCommand.SendMessage:
                WriteText(frame, pdu.Text);
                break;
            case KaiCommand.ReceiveMessage:
                WriteColumns(frame, pdu);
                if (pdu.UpToDate) frame[KaiPduLayout.Flag] = frame[KaiPduLayout.AuthorsFlag] = 1;
                else WriteText(frame, pdu.Text);
                break;
            case KaiCommand.Quit or KaiCommand.LeaveChannel or KaiCommand.PingPong or KaiCommand.Query:
                break;
            default:
                throw new ArgumentException($"{(int)pdu.Command} is no command.", nameof(pdu));
        }
    }

    private static void WriteColumns(Span<byte> frame, in KaiPdu pdu)
    {
        WriteName(frame[..KaiPduLayout.UsernameLength], pdu.Username, nameof(pdu.Username));
        frame[KaiPduLayout.UsernameLength] = (byte)' ';
        WriteName(frame.Slice(KaiPduLayout.Channel, KaiPduLayout.ChannelLength), pdu.Channel, nameof(pdu.Channel));
    }

    private static void WriteName(Span<byte> column, string name, string field)
    {
        if (name.Length > column.Length)
            throw new ArgumentException($"{field} has {name.Length} characters, more than its {column.Length}.", field);
        if (name.AsSpan().ContainsAnyExceptInRange('\u0001', '\u00FF'))
            throw new ArgumentException($"{field} has a character that is not one byte, or a NUL.", field);
        Encoding.Latin1.GetBytes(name, column);
    }

    private static void WriteText(Span<byte> frame, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException("A text ends at its first NUL.", nameof(text));
        if (StrictUtf8.GetByteCount(text) > KaiPdu.MaxTextLength)
            throw new ArgumentException($"The text is longer than {KaiPdu.MaxTextLength} bytes.", nameof(text));
        StrictUtf8.GetBytes(text, frame[KaiPduLayout.Parameters..]);
    }
}
