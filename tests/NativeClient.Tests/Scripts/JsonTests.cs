using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Scripts;

public sealed class JsonTests
{
    [Fact]
    public async Task Everything_is_one_object_a_line()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("hello"), "--json");
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.ExpectAsync(KaiPdu.Send("hello"));
        await end.LetDrainAsync(ServerEnd.Message("bob", "caf\u00E9 \"<b>\"\u001B"), ServerEnd.Notice("Not sent: You are muted."));

        Assert.Equal(3, await run.Exit);
        Assert.Equal(
            [
                $$"""{"type":"status","event":"connected","text":"Connected to 127.0.0.1:{{server.Port}} (unencrypted).","receivedAt":"2026-03-01T12:00:00+00:00"}""",
                """{"type":"status","event":"joined","text":"You are alice in @general.","receivedAt":"2026-03-01T12:00:00+00:00"}""",
                """{"type":"message","channel":"@general","author":"bob","text":"café \u0022\u003Cb\u003E\u0022","receivedAt":"2026-03-01T12:00:00+00:00"}""",
                """{"type":"notice","channel":"@general","text":"Not sent: You are muted.","receivedAt":"2026-03-01T12:00:00+00:00"}""",
            ],
            run.Output.Lines);
        Assert.Empty(run.Error.Lines);
    }

    [Fact]
    public async Task An_error_is_an_object_and_a_line_on_the_error_stream()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of(), "--json");
        await using (await server.AcceptAsync())
        {
        }

        Assert.Equal(1, await run.Exit);
        Assert.StartsWith("{\"type\":\"status\",\"event\":\"error\",\"text\":", run.Output.Lines[^1], StringComparison.Ordinal);
        Assert.StartsWith("kaichat: ", Assert.Single(run.Error.Lines), StringComparison.Ordinal);
    }
}
