using KaiChat.NativeClient.Doctor;
using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Doctor;

/// <summary>Bytes of chance, from fixed seeds: whatever comes, there is a report, and it is plain ASCII.</summary>
public sealed class DoctorFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_PDUs_in_any_order_have_a_report(int seed)
    {
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var session = PlayedSession.Of(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Pdu(random)));
            var trace = session.Trace();
            using var output = new StringWriter { NewLine = "\n" };
            var text = new TextDoctorView(output, output, hex: true, prompts: true);
            foreach (var entry in trace.Entries) text.Show(entry);
            text.Ask(Prompts.Next(trace, run % 3));
            text.Report(1, trace, Rules.Judge(trace));
            new JsonDoctorView(output, output, hex: false, prompts: false).Report(1, trace, Rules.Judge(trace));

            Assert.DoesNotContain(output.ToString(), character => character is not '\n' and (< ' ' or > '~'));
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Any_bytes_on_the_socket_have_a_report(int seed)
    {
        var random = new Random(seed);
        using var doctor = await DoctorAtWork.StartAsync("--script", "--sessions", "8");
        for (var session = 0; session < 8; session++)
        {
            var bytes = Enumerable.Range(0, random.Next(1, 12)).SelectMany(_ => Pdu(random)).ToArray();
            // Half of them are noise from the first byte on; TLS begins with 0x16.
            if (session % 2 == 0) random.NextBytes(bytes);
            if (session == 4) bytes[0] = 0x16;
            await doctor.VisitAsync(bytes[..random.Next(1, bytes.Length + 1)]);
        }

        Assert.InRange(await doctor.EndAsync(), 0, 1);
        Assert.Contains("Session 8: ", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    /// <summary>Noise; or noise with a command word; or a PDU of the protocol with some bytes changed.</summary>
    private static byte[] Pdu(Random random)
    {
        var bytes = new byte[KaiPdu.Length];
        var kind = random.Next(4);
        if (kind < 2) random.NextBytes(bytes);
        if (kind > 0)
        {
            var word = ClientPdus.Word(random.Next(-1, 10)).AsSpan(256, 4);
            if (random.Next(5) == 0) word.Reverse();
            word.CopyTo(bytes.AsSpan(256));
        }

        if (kind == 3)
        {
            for (var change = random.Next(20); change > 0; change--) bytes[random.Next(320)] = (byte)random.Next(256);
        }

        return bytes;
    }
}
