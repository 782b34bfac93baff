using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;
using static KaiChat.Shared.Tests.KaiChat.KaiPduFrames;

namespace KaiChat.Shared.Tests.KaiChat;

/// <summary>What the vectors do not hold: impossible input, lenient readings, unknown commands.</summary>
public sealed class KaiPduDecoderTests
{
    [Theory]
    [InlineData(0)] // QUIT reads the same in both orders, so it cannot settle one
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(0x00070000)]
    [InlineData(0x20544547)] // "GET ", a browser on the wrong port
    [InlineData(-1)]
    public void A_first_PDU_that_is_no_PING_is_impossible(int command)
    {
        var bytes = Frame(command);
        var input = Segments.Of(bytes);
        KaiByteOrder? order = null;

        var fault = Assert.Throws<KaiFormatException>(() => KaiPduCodec.TryRead(ref input, KaiSide.Client, ref order, out _));

        Assert.Equal("command", fault.Field);
        Assert.Null(order);
        Assert.Equal(bytes.Length, input.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_command_in_the_other_byte_order_contradicts_the_first_PDU(int command)
    {
        var swapped = Frame(BinaryPrimitives.ReverseEndianness(command));

        Assert.Equal("command", Assert.Throws<KaiFormatException>(() => Decode(swapped, order: KaiByteOrder.Little)).Field);
        Assert.Equal("command", Assert.Throws<KaiFormatException>(() => Decode(Frame(command), order: KaiByteOrder.Big)).Field);
        Assert.Equal((KaiCommand)command, Decode(swapped, order: KaiByteOrder.Big).Command);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(0x00070000)]
    public void An_unknown_command_is_returned_for_the_session_to_count(int command) =>
        Assert.Equal(new KaiPdu((KaiCommand)command), Decode(Frame(command, "bob", "text")));

    [Theory]
    [InlineData("bob", "bob")]
    [InlineData("", "")]
    [InlineData("bob        workstation", "bob")]
    [InlineData("abcdefghij", "abcdefghij")]
    [InlineData("abcdefghij ", "abcdefghij")]
    [InlineData("abcdefghijk", "abcdefghijk")]
    [InlineData("bob workstation", "bob workstation")]
    [InlineData("bob\0      workstation", "bob")]
    [InlineData("           workstation", "")]
    [InlineData("J\u00F6rg", "J\u00F6rg")]
    public void A_username_ends_at_its_NUL_and_a_host_name_behind_its_column_is_ignored(string parameters, string username) =>
        Assert.Equal(KaiPdu.ClientInfo(username), Decode(Frame(2, parameters: parameters)));

    [Fact]
    public void A_username_without_an_end_is_passed_on_for_the_session_to_refuse() =>
        Assert.Equal(2000, Decode(Frame(2, parameters: new string('n', 2000))).Username.Length);

    [Theory]
    [InlineData("bob @general", "bob", "@general")] // no columns
    [InlineData("bob\0\0\0\0\0\0\0 @general", "bob", "@general")]
    [InlineData("bob        @general", "bob       ", "@general")]
    [InlineData("bob\0\0\0\0\0\0\0 general", "bob", "general")] // no @ at all: named as asked for
    [InlineData("bob\0\0\0\0\0\0\0  @general", "bob", " @general")] // the space-separated form ends at the first NUL too
    [InlineData("bob \0@general", "bob ", "al")]
    [InlineData(" @general", "", "@general")]
    [InlineData("", "", "")]
    [InlineData("bob\0@general\0", "bob", "l")]
    public void A_channel_is_found_in_its_column_or_behind_the_first_space_and_at(string prefix, string username, string channel) =>
        Assert.Equal(KaiPdu.Join(username, channel), Decode(Frame(3, prefix)));

    [Fact]
    public void A_channel_is_at_most_as_long_as_its_column()
    {
        Assert.Equal("@" + new string('x', 49), Decode(Frame(3, "abcdefghij @" + new string('x', 244))).Channel);
        Assert.Equal("@" + new string('x', 49), Decode(Frame(3, "bob @" + new string('x', 251))).Channel);
        Assert.Equal("@", Decode(Frame(3, new string('y', 254) + " @")).Channel);
    }

    [Theory]
    [InlineData("01000000", 1, 1)]
    [InlineData("0001", 1, 1)]
    [InlineData("0001CCCC", 1, 1)]
    [InlineData("00000001", 1, 1)]
    [InlineData("00000000", 0, 0)]
    [InlineData("02000000", 0, 2)]
    [InlineData("00020000", 0, 2)]
    [InlineData("00000002", 0, 2)]
    [InlineData("0100CCCC", 0, 256)] // the paper's highest
    [InlineData("01010000", 0, 0)]
    [InlineData("FFFFFFFF", 0, 0)]
    [InlineData("00010000", 1, 1)] // the paper's 1 rather than the author's 256
    public void A_version_is_read_in_every_layout(string hex, int fromClient, int fromServer)
    {
        var frame = Frame(1);
        Convert.FromHexString(hex).CopyTo(frame, 260);

        foreach (var order in new KaiByteOrder?[] { KaiByteOrder.Little, KaiByteOrder.Big })
        {
            if (order == KaiByteOrder.Big) frame.AsSpan(256, 4).Reverse();
            Assert.Equal(fromClient, Decode(frame, KaiSide.Client, order).Version);
            Assert.Equal(fromServer, Decode(frame, KaiSide.Server, order).Version);
        }
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(0, 1, true)] // the paper's server
    [InlineData(1, 0, true)] // the author's
    [InlineData(0, 0xCC, false)]
    [InlineData((byte)'x', 0, false)]
    public void The_flag_counts_at_either_place(byte authors, byte papers, bool upToDate)
    {
        var frame = Frame(5, "bob\0\0\0\0\0\0\0 @general");
        frame[51] = authors;
        frame[61] = papers;

        Assert.Equal(KaiPdu.Receive("bob", "@general", "") with { UpToDate = upToDate }, Decode(frame, KaiSide.Server));
    }

    [Fact]
    public void A_long_channel_name_lies_over_the_authors_flag_and_is_read_whole()
    {
        var channel = "@" + new string('x', 49);
        Assert.Equal(KaiPdu.Receive("bob", channel, "hi"), Decode(Frame(5, "bob\0\0\0\0\0\0\0 " + channel, "hi"), KaiSide.Server));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_clients_command_from_a_server_carries_nothing(int command) =>
        Assert.Equal(new KaiPdu((KaiCommand)command), Decode(Frame(command, "bob        @general", "text"), KaiSide.Server));

    [Fact]
    public void A_servers_message_from_a_client_carries_nothing() =>
        Assert.Equal(new KaiPdu(KaiCommand.ReceiveMessage), Decode(Frame(5, "bob        @general", "text")));
}
