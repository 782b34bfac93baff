using KaiChat.NativeClient.Connection;
using KaiChat.NativeClient.Conversation;
using KaiChat.NativeClient.Scripts;
using KaiChat.NativeClient.Terminal;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Commands;

/// <summary>One run of <c>kaichat connect</c>, from the connection to the exit code.</summary>
internal static class ConnectRun
{
    /// <param name="stop">The user wants to leave.</param>
    public static async Task<ExitCode> RunAsync(ConnectRequest request, ClientHost host, CancellationToken stop)
    {
        var terminal = request.Json ? null : host.OpenTerminal();
        var screen = terminal is null ? null : new TerminalView(terminal);
        IChatView view = screen is not null ? screen : request.Json ? new JsonView(host.Output, host.Error) : new ScriptView(host.Output, host.Error);
        try
        {
            await using var connection = await ConnectAsync(request, host, stop);
            view.Show(new ClientStatus(StatusEvent.Connected, $"Connected to {request.Server} ({connection.Security}).", host.Clock.GetUtcNow()));
            var client = new KaiClient(connection, request.Conversation, view, host.Clock);
            return terminal is not null
                ? await new TerminalSession(client, terminal, screen!, host.Clock).RunAsync(stop)
                : await new ScriptSession(client, host.Input).RunAsync(stop);
        }
        catch (KaiClientException end)
        {
            return Fail(end.ExitCode, end.Message);
        }
        catch (KaiFormatException fault)
        {
            return Fail(ExitCode.ProtocolError, $"What the server sends is not KaiChat: {fault.Message}.");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        ExitCode Fail(ExitCode code, string message)
        {
            view.Show(new ClientStatus(StatusEvent.Error, message, host.Clock.GetUtcNow()));
            return code;
        }
    }

    private static async Task<KaiClientConnection> ConnectAsync(ConnectRequest request, ClientHost host, CancellationToken stop)
    {
        KaiClientConnection? connection = null;
        await Deadline.KeepAsync(
            request.Conversation.Timeout,
            host.Clock,
            async cancellation => connection = await KaiConnector.OpenAsync(request.Server, request.Trust, cancellation),
            stop);
        return connection!;
    }
}
