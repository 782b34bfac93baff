using KaiChat.NativeClient.Tests.Kit;

namespace KaiChat.NativeClient.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--user", "alice", "--channel", "general", "A channel name starts with @, like @general.")]
    [InlineData("--user", "SERVER", "--channel", "@general", "The username SERVER is reserved.")]
    [InlineData("--user", "abcdefghijk", "--channel", "@general", "The username is too long: it may have at most 10 characters.")]
    [InlineData("--user", "alice", "--channel", "@general", "--poll", "0,5", "--poll is a number from 0.1 to 3600, not 0,5.")]
    [InlineData("--user", "alice", "--channel", "@general", "--insecure", "--insecure is about TLS: give --tls too.")]
    [InlineData("--user", "alice", "--channel", "@general", "--tls", "--fingerprint", "12:34", "A SHA-256 fingerprint has 64 hex digits; colons between them are optional.")]
    [InlineData("--user", "alice", "Option '--channel' is required.")]
    public async Task What_makes_no_sense_is_said_before_anything_is_connected(params string[] optionsAndSentence)
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Of(["connect", "127.0.0.1", "--port", $"{server.Port}", .. optionsAndSentence[..^1]]);

        Assert.Equal(2, await run.Exit);
        Assert.Contains($"kaichat: {optionsAndSentence[^1]}", run.Error.Lines);
        Assert.False(server.Pending);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("http")]
    [InlineData("1.5")]
    public async Task A_port_is_a_number_that_TCP_knows(string port)
    {
        using var run = ClientRun.Of("connect", "h", "--user", "a", "--channel", "@x", "--port", port);

        Assert.Equal(2, await run.Exit);
        Assert.Equal($"kaichat: --port is a number from 1 to 65535, not {port}.", run.Error.Lines[0]);
    }

    [Fact]
    public async Task A_pin_beside_insecure_is_a_contradiction()
    {
        using var run = ClientRun.Of(
            "connect", "h", "--user", "a", "--channel", "@x", "--tls", "--insecure", "--fingerprint", new string('a', 64));

        Assert.Equal(2, await run.Exit);
        Assert.Equal("kaichat: --fingerprint and --insecure contradict each other: give one of them.", run.Error.Lines[0]);
    }

    [Fact]
    public async Task Help_tells_the_exit_codes_and_every_option()
    {
        using var run = ClientRun.Of("connect", "--help");

        Assert.Equal(0, await run.Exit);
        foreach (var code in Enum.GetValues<ExitCode>()) Assert.Matches($@"\n\s+{(int)code}\s+\w", run.Output.Text);
        foreach (var option in (string[])["--port", "--tls", "--fingerprint", "--insecure", "--user", "--channel", "--poll", "--timeout", "--json"])
            Assert.Contains(option, run.Output.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_at_all_is_a_usage_error()
    {
        using var run = ClientRun.Of();
        Assert.Equal(2, await run.Exit);
    }
}
