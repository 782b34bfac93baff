using KaiChat.NativeClient.Commands;
using KaiChat.NativeClient.Terminal;
using KaiChat.TestKit;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>The program, run in this process against a <see cref="ScriptedServer"/>.</summary>
internal sealed class ClientRun : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    private ClientRun(TextReader input, ITerminal? terminal, IEnumerable<string> arguments) =>
        Exit = KaiChatCommand.RunAsync([.. arguments], new ClientHost(input, Output, Error, () => terminal, Clock), _stop.Token).OrFail();

    public Recorder Output { get; } = new();

    public Recorder Error { get; } = new();

    public FakeTimeProvider Clock { get; } = new();

    public Task<int> Exit { get; }

    /// <summary>alice in @general, reading lines.</summary>
    public static ClientRun Script(ScriptedServer server, TextReader input, params string[] options) => new(input, null, [.. Arguments(server.Port), .. options]);

    /// <summary>alice in @general, at a terminal.</summary>
    public static ClientRun Interactive(ScriptedServer server, ITerminal terminal, params string[] options) =>
        new(TextReader.Null, terminal, [.. Arguments(server.Port), .. options]);

    public static ClientRun Of(params string[] arguments) => new(TextReader.Null, null, arguments);

    /// <summary>alice in @general, against a doctor.</summary>
    public static ClientRun Patient(DoctorAtWork doctor, TextReader input, ITerminal? terminal, params string[] options) =>
        new(input, terminal, [.. Arguments(doctor.Port), .. options]);

    /// <summary>Ctrl+C.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    private static string[] Arguments(int port) =>
        ["connect", "127.0.0.1", "--port", $"{port}", "--user", "alice", "--channel", "@general"];
}
