using FsCheck;
using FsCheck.Fluent;
using KaiChat.Shared.KaiChat;
using static KaiChat.Shared.Tests.KaiChat.KaiPduFrames;

namespace KaiChat.Shared.Tests.KaiChat;

public sealed class KaiPduEncoderTests
{
    private static readonly Gen<string> Usernames = Printable(1, 10, '!');
    private static readonly Gen<string> Channels = Printable(1, 49, '!').Select(name => "@" + name);
    private static readonly Gen<string> Texts = Printable(0, 1999, ' ');

    private static readonly Gen<KaiPdu> FromClient = Gen.OneOf(
        Gen.Elements(KaiPdu.Ping, KaiPdu.Query, KaiPdu.Leave, KaiPdu.Quit, KaiPdu.VersionNegotiation(1)),
        Usernames.Select(KaiPdu.ClientInfo),
        Usernames.Zip(Channels, KaiPdu.Join),
        Texts.Select(KaiPdu.Send),
        UnicodeTexts.Short.Select(KaiText.WithoutControls).Where(UnicodeTexts.IsWellFormed).Select(KaiPdu.Send));

    private static readonly Gen<KaiPdu> FromServer = Gen.OneOf(
        Gen.Constant(KaiPdu.Ping),
        Gen.Choose(1, 255).Select(KaiPdu.VersionNegotiation),
        Channels.Where(channel => channel.Length <= 40).Select(KaiPdu.NothingNew),
        Usernames.SelectMany(_ => Channels, (user, channel) => (user, channel))
            .SelectMany(_ => Texts, (names, text) => KaiPdu.Receive(names.user, names.channel, text)));

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        foreach (var order in Enum.GetValues<KaiByteOrder>())
        {
            Prop.ForAll(FromClient.ToArbitrary(), pdu => RoundTrip(pdu, KaiSide.Client, order) == pdu).QuickCheckThrowOnFailure();
            Prop.ForAll(FromServer.ToArbitrary(), pdu => RoundTrip(pdu, KaiSide.Server, order) == pdu).QuickCheckThrowOnFailure();
        }
    }

    [Fact]
    public void Nothing_new_in_a_channel_of_more_than_40_characters_cuts_its_name_at_the_authors_flag()
    {
        var channel = "@" + new string('x', 49);
        var frame = new byte[KaiPdu.Length];
        KaiPduCodec.Write(frame, KaiPdu.NothingNew(channel), KaiSide.Server, KaiByteOrder.Little);

        Assert.Equal(1, frame[51]);
        Assert.Equal(1, frame[61]);
        Assert.Equal(KaiPdu.NothingNew(channel[..40]), Decode(frame, KaiSide.Server));
    }

    [Fact]
    public void A_name_of_any_bytes_but_NUL_can_be_sent_back_unchanged()
    {
        for (var value = 1; value <= 0xFF; value++)
        {
            var pdu = KaiPdu.Receive("SERVER", new string((char)value, 40), "no such channel");
            Assert.Equal(pdu, RoundTrip(pdu, KaiSide.Server, KaiByteOrder.Little));
        }
    }

    public static TheoryData<string, KaiPdu> Unwritable => new()
    {
        { "username too long", KaiPdu.ClientInfo("abcdefghijk") },
        { "username not one byte a character", KaiPdu.ClientInfo("\u0142") },
        { "username with a NUL", KaiPdu.Join("a\0b", "@x") },
        { "channel too long", KaiPdu.Join("bob", "@" + new string('x', 50)) },
        { "text too long", KaiPdu.Send(new string('x', 2000)) },
        { "text too long in bytes", KaiPdu.Send(new string('\u00E9', 1000)) },
        { "text with a NUL", KaiPdu.Send("a\0b") },
        { "text with half a character", KaiPdu.Send("a\uD800b") },
        { "version 0", KaiPdu.VersionNegotiation(0) },
        { "version 256", KaiPdu.VersionNegotiation(256) },
        { "unknown command", new KaiPdu((KaiCommand)9) },
    };

    [Theory, MemberData(nameof(Unwritable))]
    public void Refuses_what_would_not_read_back(string what, KaiPdu pdu)
    {
        Assert.NotEmpty(what);
        Assert.ThrowsAny<ArgumentException>(() => KaiPduCodec.Write(new byte[KaiPdu.Length], pdu, KaiSide.Client, KaiByteOrder.Little));
    }

    [Fact]
    public void Refuses_a_destination_that_is_too_small() =>
        Assert.Throws<ArgumentException>(() => KaiPduCodec.Write(new byte[KaiPdu.Length - 1], KaiPdu.Ping, KaiSide.Client, KaiByteOrder.Little));

    private static KaiPdu RoundTrip(KaiPdu pdu, KaiSide from, KaiByteOrder order)
    {
        var frame = new byte[KaiPdu.Length];
        KaiPduCodec.Write(frame, pdu, from, order);
        return Decode(frame, from, order);
    }

    private static Gen<string> Printable(int shortest, int longest, char lowest) =>
        from length in Gen.Choose(shortest, longest)
        from characters in Gen.Choose(lowest, '~').Select(value => (char)value).ArrayOf(length)
        select new string(characters);
}
