using KaiChat.Shared.KaiChat;

namespace KaiChat.Shared.Tests.KaiChat;

public sealed class KaiPduFieldsTests
{
    [Theory, MemberData(nameof(KaiVectors.All), MemberType = typeof(KaiVectors))]
    public void Every_byte_is_of_one_part_and_the_fields_are_what_the_codec_reads(string name)
    {
        var vector = KaiVectors.Get(name);
        var dissection = KaiPduFields.Dissect(vector.Bytes, vector.From, vector.OrderBefore, hideText: false);

        Assert.Equal(vector.Expected.Command, dissection.Command);
        AssertCovers(dissection, vector.Bytes);
        Assert.All(dissection.Fields, field => Assert.Equal(ExpectedOf(field.Name, vector.Expected), field.Value));
        Assert.Equal(FieldsOf(vector.Expected.Command, vector.From), dissection.Fields.Select(field => field.Name).Except(["separator", "host", "authorsFlag"]));
        Assert.All(dissection.Fields.Where(field => field.Length > 0), field => Assert.Single(dissection.Parts, part => part.Field == field.Name && part.Offset == field.Offset && part.Length == field.Length));
        // What a tolerant reader accepts and a strict one would not.
        Assert.Equal(name == "send-message-2000-no-nul" ? "closing-nul" : null, dissection.Violated?.Rule);
    }

    [Theory]
    [InlineData("send-message", "hello, world", 12)]
    [InlineData("receive-message", "hello, world", 12)]
    [InlineData("receive-message-be", "hi", 2)]
    [InlineData("send-message-2000-no-nul", "yyy", 2000)]
    public void A_hidden_text_is_its_length_and_nothing_else(string name, string text, int length)
    {
        var vector = KaiVectors.Get(name);
        var dissection = KaiPduFields.Dissect(vector.Bytes, vector.From, vector.OrderBefore, hideText: true);

        AssertCovers(dissection, vector.Bytes);
        var hidden = Assert.Single(dissection.Parts, part => part.Kind == KaiPartKind.Hidden);
        Assert.Equal((260, length, "text"), (hidden.Offset, hidden.Length, hidden.Field));
        Assert.Equal($"{length} bytes", Assert.Single(dissection.Fields, field => field.Name == "text").Value);
        Assert.DoesNotContain(dissection.Fields, field => field.Value.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ping-author-garbage")]
    [InlineData("client-info-garbage-after-nul")]
    [InlineData("join-columns-garbage")]
    public void Garbage_is_called_so(string name)
    {
        var vector = KaiVectors.Get(name);
        var parts = KaiPduFields.Dissect(vector.Bytes, vector.From, vector.OrderBefore, hideText: false).Parts;
        Assert.Contains(parts, part => part.Kind == KaiPartKind.Garbage);
        Assert.All(parts.Where(part => part.Kind == KaiPartKind.Zeros), part => Assert.False(vector.Bytes.AsSpan(part.Offset, part.Length).ContainsAnyExcept((byte)0)));
    }

    [Theory]
    [InlineData(8, null, "first-is-ping", "Byte order", null)]
    [InlineData(7 << 24, KaiByteOrder.Little, "byte-order", "Byte order", null)]
    [InlineData(99, KaiByteOrder.Little, "unknown-command", "Commands", 99)]
    [InlineData(-1, KaiByteOrder.Little, "unknown-command", "Commands", -1)]
    [InlineData(5, KaiByteOrder.Little, "other-side", "Commands", 5)]
    [InlineData(1, KaiByteOrder.Little, "version", "The version number", 1)]
    [InlineData(2, KaiByteOrder.Little, "username", "Names", 2)]
    [InlineData(3, KaiByteOrder.Little, "channel", "Names", 3)]
    public void A_broken_rule_is_named_with_its_section(int command, KaiByteOrder? order, string rule, string section, int? word)
    {
        var frame = KaiPduFrames.Frame(command, "secret one", command == 2 ? "@nna" : "secret two");
        var dissection = KaiPduFields.Dissect(frame, KaiSide.Client, order, hideText: true);
        AssertCovers(dissection, frame);
        Assert.Equal((rule, section), (dissection.Violated?.Rule, dissection.Violated?.Section));
        Assert.EndsWith(".", dissection.Violated!.Sentence, StringComparison.Ordinal);
        Assert.Equal(word, (int?)dissection.Command);
        // Where nothing says what the bytes are, they may be anything.
        if (command is not (2 or 3)) Assert.DoesNotContain(dissection.Parts, part => part.Kind == KaiPartKind.Content && part.Field is not ("command" or "version"));
    }

    [Fact]
    public void The_servers_commands_are_not_the_clients()
    {
        foreach (var command in Enum.GetValues<KaiCommand>())
        {
            var frame = KaiPduFrames.Frame((int)command, "", command == KaiCommand.VersionNegotiation ? "\u0001" : "");
            var isServers = command is KaiCommand.PingPong or KaiCommand.VersionNegotiation or KaiCommand.ReceiveMessage;
            Assert.Equal(isServers ? null : "other-side", KaiPduFields.Dissect(frame, KaiSide.Server, KaiByteOrder.Little, hideText: false).Violated?.Rule);
        }
    }

    [Fact]
    public void A_first_edition_client_has_a_host()
    {
        var frame = KaiPduFrames.Frame((int)KaiCommand.ClientInfo, "", "bob        example.org");
        var dissection = KaiPduFields.Dissect(frame, KaiSide.Client, KaiByteOrder.Little, hideText: true);
        AssertCovers(dissection, frame);
        Assert.Equal(["command=CLIENT_INFO", "username=bob", "host=example.org"], dissection.Fields.Select(field => $"{field.Name}={field.Value}"));
    }

    [Fact]
    public void Never_fails_whatever_the_bytes()
    {
        var random = new Random(20261121);
        var frame = new byte[KaiPdu.Length];
        for (var i = 0; i < 2000; i++)
        {
            random.NextBytes(frame);
            if (i % 2 == 0) BitConverter.TryWriteBytes(frame.AsSpan(256), random.Next(0, 10));
            if (i % 3 == 0) frame.AsSpan(random.Next(frame.Length)).Clear();
            foreach (var side in Enum.GetValues<KaiSide>()) AssertCovers(KaiPduFields.Dissect(frame, side, i % 5 == 0 ? null : KaiByteOrder.Little, hideText: i % 7 == 0), frame);
        }
    }

    private static void AssertCovers(KaiDissection dissection, byte[] frame)
    {
        var at = 0;
        foreach (var part in dissection.Parts)
        {
            Assert.Equal(at, part.Offset);
            Assert.InRange(part.Length, 1, KaiPdu.Length);
            at += part.Length;
        }
        Assert.Equal(frame.Length, at);
    }

    private static string[] FieldsOf(KaiCommand command, KaiSide from) => (from, command) switch
    {
        (KaiSide.Server, KaiCommand.VersionNegotiation) => ["sender", "command", "version"],
        (KaiSide.Client, KaiCommand.VersionNegotiation) => ["command", "version"],
        (_, KaiCommand.ClientInfo) => ["command", "username"],
        (_, KaiCommand.JoinChannel) => ["username", "channel", "command"],
        (_, KaiCommand.SendMessage) => ["command", "text"],
        (_, KaiCommand.ReceiveMessage) => ["sender", "channel", "flag", "command", "text"],
        _ => ["command"],
    };

    private static string ExpectedOf(string field, KaiPdu pdu) => field switch
    {
        "command" => KaiPduFields.NameOf(pdu.Command),
        "username" => pdu.Username,
        "sender" => pdu.Command == KaiCommand.VersionNegotiation ? "SERVER" : pdu.Username,
        "channel" => pdu.Channel,
        "text" => pdu.Text,
        "version" => pdu.Version.ToString(),
        "flag" or "authorsFlag" => pdu.UpToDate ? "1 (nothing new)" : "0 (a message)",
        "separator" => "a space",
        _ => "workstation",
    };
}
