using KaiChat.NativeClient.Doctor;
using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Doctor;

/// <summary>The doctor on a real socket: this repository's own client, and clients that do it wrong.</summary>
public sealed class DoctorTests
{
    /// <summary>From one QUERY of the terminal client to the next.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("plain TCP")]
    [InlineData("TLS (Tls13)", "--tls", "--insecure")]
    public async Task The_terminal_client_as_a_script_breaks_nothing(string security, params string[] options)
    {
        using var doctor = await DoctorAtWork.StartAsync("--script");
        using var client = ClientRun.Patient(doctor, TypedLines.Of("hello", "still here"), terminal: null, options);

        Assert.Equal(0, await client.Exit);
        Assert.Equal(0, await doctor.EndAsync());
        Assert.Equal(["leave.in-channel", "query.cadence", "copes.shown"], Rules.All.Select(rule => rule.Id).Where(id => Says(doctor, "not seen", id)));
        Assert.Contains($"Session 1: {security}, ", doctor.Run.Output.Text, StringComparison.Ordinal);
        Assert.EndsWith($"{Rules.All.Count - 3} passed, 0 broken, 3 not seen.", doctor.Run.Output.Lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(">>>", doctor.Run.Error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_does_what_the_doctor_says_sees_the_rules_pass()
    {
        using var doctor = await DoctorAtWork.StartAsync();
        var terminal = new FakeTerminal();
        using var client = ClientRun.Patient(doctor, TextReader.Null, terminal);
        await terminal.ShowsLast("@general> ");
        await doctor.Run.Error.Contains(">>> Type a message in your client.");
        terminal.Type("hello\n");
        await client.Clock.WhenTimerDueAsync(Poll).OrFail();
        client.Clock.Advance(Poll);
        await doctor.Run.Error.Contains("(the last of five that came at once)");
        terminal.Type("harbour\n");
        await doctor.Run.Error.Contains("(at the end of 1999 bytes)");
        terminal.Type("lantern\n");
        await doctor.Run.Error.Contains("(the one that came in pieces)");
        await doctor.Run.Output.Contains("(trial: Pong)");
        terminal.Type("thunder\n");
        await doctor.Run.Error.Contains(">>> Leave the channel in your client, then quit.");
        terminal.Type("!leave\n");
        await doctor.Run.Error.Contains(">>> Quit your client.");
        terminal.Type("!quit\n");

        Assert.Equal(0, await client.Exit);
        Assert.Equal(0, await doctor.EndAsync());
        // Only time shows the cadence: RuleTests.
        Assert.True(Says(doctor, "not seen", "query.cadence"));
        Assert.Equal($"{Rules.All.Count - 1} passed, 0 broken, 1 not seen.", doctor.Run.Output.Lines[^1]);
    }

    [Fact]
    public async Task What_is_broken_is_said_with_the_PDU_and_nothing_of_a_stranger_commands_the_terminal()
    {
        using var doctor = await DoctorAtWork.StartAsync("--hex");
        byte[][] pdus =
        [
            ClientPdus.Of(KaiPdu.Ping),
            ClientPdus.Of(KaiPdu.VersionNegotiation(1)),
            ClientPdus.Of(KaiPdu.ClientInfo("\u001B[2J")),
            ClientPdus.Of(KaiPdu.Join("\u001B[2J", "@\u009B2J")),
            ClientPdus.Of(KaiPdu.Send("\u001B]0;title\u0007\u202E")),
            ClientPdus.Of(KaiPdu.Quit),
        ];
        await doctor.VisitAsync([.. pdus.SelectMany(pdu => pdu)]);

        Assert.Equal(1, await doctor.EndAsync());
        Assert.DoesNotContain(doctor.Run.Output.Text, character => character is not '\n' and (< ' ' or > '~'));
        Assert.Contains("""seen #5: "\x1B[2J". The username has a character""", doctor.Run.Output.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["name.channel", "name.user", "send.controls", "version.after-offer"],
            Rules.All.Select(rule => rule.Id).Where(id => Says(doctor, "BROKEN", id)).Order(StringComparer.Ordinal));
        Assert.Contains("""        256  03 00 00 00""", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "pdu.whole", "seen: 1 bytes of a PDU")]
    [InlineData(2259, "pdu.whole", "seen: 2259 bytes of a PDU")]
    [InlineData(0, "transport.speaks-first", "seen: nothing in")]
    public async Task A_client_that_ends_early_is_told_where(int length, string rule, string came)
    {
        using var doctor = await DoctorAtWork.StartAsync();
        await doctor.VisitAsync(new byte[length]);

        Assert.Equal(1, await doctor.EndAsync());
        Assert.True(Says(doctor, "BROKEN", rule));
        Assert.Contains(came, doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_closes_over_a_trial_is_told_which()
    {
        using var doctor = await DoctorAtWork.StartAsync();
        await doctor.VisitAsync(
        [
            .. ClientPdus.Of(KaiPdu.Ping), .. ClientPdus.Of(KaiPdu.VersionNegotiation(1)), .. ClientPdus.Of(KaiPdu.ClientInfo("alice")),
            .. ClientPdus.Of(KaiPdu.Join("alice", "@general")), .. ClientPdus.Of(KaiPdu.Query), .. ClientPdus.Of(KaiPdu.Query),
        ]);

        Assert.Equal(1, await doctor.EndAsync());
        Assert.True(Says(doctor, "BROKEN", "copes.message"));
        Assert.True(Says(doctor, "not seen", "quit.before-closing"));
    }

    [Fact]
    public async Task A_client_that_closes_over_unread_answers_is_told_so()
    {
        using var doctor = await DoctorAtWork.StartAsync();
        using (var socket = await doctor.ConnectAsync())
        {
            byte[][] pdus = [ClientPdus.Of(KaiPdu.Ping), ClientPdus.Of(KaiPdu.VersionNegotiation(1)), ClientPdus.Of(KaiPdu.ClientInfo("alice")), ClientPdus.Of(KaiPdu.Query)];
            await socket.SendAsync(pdus.SelectMany(pdu => pdu).ToArray());
            await doctor.Run.Output.Contains("nothing new");
            await socket.SendAsync(ClientPdus.Of(KaiPdu.Leave));
            await doctor.Run.Output.Contains("LEAVE_CHANNEL");
        }

        Assert.Equal(1, await doctor.EndAsync());
        Assert.True(Says(doctor, "BROKEN", "copes.reads-all"));
        Assert.True(Says(doctor, "not seen", "quit.before-closing"));
    }

    [Fact]
    public async Task A_session_ends_when_its_time_is_over()
    {
        using var doctor = await DoctorAtWork.StartAsync("--timeout", "50");
        using var socket = await doctor.ConnectAsync();
        await socket.SendAsync(new byte[] { 0 });
        await doctor.Run.Error.Contains("the client shakes hands");
        doctor.Run.Clock.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal(1, await doctor.EndAsync());
        Assert.True(Says(doctor, "BROKEN", "ping.in-time"));
        Assert.Contains("The time was over.", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_has_an_end()
    {
        using var doctor = await DoctorAtWork.StartAsync("--script");
        var pings = Enumerable.Repeat(ClientPdus.Of(KaiPdu.Ping), Trace.MaxEntries).SelectMany(pdu => pdu);
        await doctor.VisitAsync([.. pings]);

        Assert.Equal(0, await doctor.EndAsync());
        Assert.Contains($"Stopped: more than {Trace.MaxEntries} PDUs.", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    /// <summary>Whether the report has a rule under a verdict.</summary>
    private static bool Says(DoctorAtWork doctor, string verdict, string id) => doctor.Run.Output.Text.Contains($"  {verdict,-8}  {id} ", StringComparison.Ordinal);
}
