using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using KaiChat.NativeClient.Doctor;
using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Doctor;

/// <summary><c>kaichat doctor</c> as its caller sees it.</summary>
public sealed class DoctorCommandTests
{
    private static readonly byte[] Hello = [.. ClientPdus.Of(KaiPdu.Ping), .. ClientPdus.Of(KaiPdu.Quit)];

    [Fact]
    public async Task Json_is_one_object_a_session_and_nothing_else()
    {
        using var doctor = await DoctorAtWork.StartAsync("--script", "--json", "--hex", "--sessions", "2");
        await doctor.VisitAsync(Hello);
        await doctor.VisitAsync([.. ClientPdus.Of(KaiPdu.Ping), .. ClientPdus.Of(KaiPdu.Send("\u001B[2Jhé")), .. ClientPdus.Of(KaiPdu.Quit)]);

        Assert.Equal(1, await doctor.EndAsync());
        Assert.Equal(2, doctor.Run.Output.Lines.Length);
        using var first = JsonDocument.Parse(doctor.Run.Output.Lines[0]);
        Assert.Equal("passed", first.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(Rules.All.Select(rule => rule.Id), first.RootElement.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()));
        using var second = JsonDocument.Parse(doctor.Run.Output.Lines[1]);
        Assert.Equal("broken", second.RootElement.GetProperty("verdict").GetString());
        var broken = second.RootElement.GetProperty("rules").EnumerateArray().Where(rule => rule.GetProperty("verdict").GetString() == "broken").ToList();
        Assert.Equal(["send.in-channel", "send.controls"], broken.Select(rule => rule.GetProperty("id").GetString()));
        var send = second.RootElement.GetProperty("pdus").EnumerateArray().Single(pdu => pdu.GetProperty("command").GetString() == "SEND_MESSAGE");
        Assert.Equal("[2Jhé", send.GetProperty("text").GetString());
        Assert.Equal(2 * KaiPdu.Length, send.GetProperty("hex").GetString()!.Length);
        Assert.Equal(send.GetProperty("number").GetInt32(), broken[0].GetProperty("findings")[0].GetProperty("pdu").GetInt32());
    }

    [Fact]
    public async Task Each_session_has_its_report_and_one_breach_decides()
    {
        using var doctor = await DoctorAtWork.StartAsync("--script", "--sessions", "2");
        await doctor.VisitAsync(new byte[10]);
        await doctor.VisitAsync(Hello);

        Assert.Equal(1, await doctor.EndAsync());
        Assert.Contains("Session 1: plain TCP, 0 PDUs", doctor.Run.Output.Text, StringComparison.Ordinal);
        Assert.Contains("Session 2: plain TCP, 2 PDUs", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_comes()
    {
        using var doctor = await DoctorAtWork.StartAsync("--timeout", "50");
        await doctor.Run.Clock.WhenTimerDueAsync(TimeSpan.FromSeconds(50)).OrFail();
        doctor.Run.Clock.Advance(TimeSpan.FromSeconds(50));

        Assert.Equal(3, await doctor.EndAsync());
        Assert.Equal("kaichat: No client came within 50 s.", doctor.Run.Error.Lines[^1]);
    }

    [Fact]
    public async Task Stopped_before_a_client_came_there_is_nothing_to_say()
    {
        using var doctor = await DoctorAtWork.StartAsync();
        await doctor.Run.StopAsync();
        Assert.Equal(3, await doctor.EndAsync());
        Assert.Empty(doctor.Run.Output.Text);
    }

    [Fact]
    public async Task Stopped_in_a_session_it_reports_what_it_saw()
    {
        using var doctor = await DoctorAtWork.StartAsync();
        using var socket = await doctor.ConnectAsync();
        await socket.SendAsync(ClientPdus.Of(KaiPdu.Ping));
        await doctor.Run.Output.Contains("#3");
        await doctor.Run.StopAsync();

        Assert.Equal(0, await doctor.EndAsync());
        Assert.Contains("1 PDUs from the client, 2 to it. Stopped.", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var run = ClientRun.Of("doctor", "--port", $"{((IPEndPoint)taken.LocalEndpoint).Port}");

        Assert.Equal(3, await run.Exit);
        Assert.StartsWith($"kaichat: Cannot listen on {taken.LocalEndpoint}: ", run.Error.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_TLS_handshake_that_fails_is_a_broken_connection()
    {
        using var doctor = await DoctorAtWork.StartAsync();
        await doctor.VisitAsync([0x16, 0x03, 0x01, 0x00, 0x02, 0xFF, 0xFF]);
        Assert.Equal(3, await doctor.EndAsync());
        Assert.Contains("The connection broke: ", doctor.Run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_client_that_is_not_understood_is_no_pass_for_the_others()
    {
        using var doctor = await DoctorAtWork.StartAsync("--script", "--json", "--sessions", "2");
        await doctor.VisitAsync(Hello);
        await doctor.VisitAsync([0x16, 0x03, 0x01, 0x00, 0x02, 0xFF, 0xFF]);

        Assert.Equal(3, await doctor.EndAsync());
        Assert.Equal(["passed", "nothing"], doctor.Run.Output.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("verdict").GetString()));
    }

    [Theory]
    [InlineData("--listen", "localhost", "--listen is an IP address, not localhost.")]
    [InlineData("--sessions", "0", "--sessions is a number from 1 to 1000, not 0.")]
    [InlineData("--timeout", "0.5", "--timeout is a number from 1 to 86400, not 0.5.")]
    public async Task What_makes_no_sense_is_said(string option, string value, string sentence)
    {
        using var run = ClientRun.Of("doctor", option, value);
        Assert.Equal(2, await run.Exit);
        Assert.Equal([$"kaichat: {sentence}", "kaichat: try: kaichat doctor --help"], run.Error.Lines);
    }

    [Fact]
    public async Task Help_tells_the_exit_codes_and_every_option()
    {
        using var run = ClientRun.Of("doctor", "--help");
        Assert.Equal(0, await run.Exit);
        foreach (var code in Enum.GetValues<DoctorExitCode>()) Assert.Matches($@"\n\s+{(int)code}\s+\w", run.Output.Text);
        foreach (var option in (string[])["--listen", "--port", "--sessions", "--timeout", "--script", "--json", "--hex"])
            Assert.Contains(option, run.Output.Text, StringComparison.Ordinal);
    }
}
