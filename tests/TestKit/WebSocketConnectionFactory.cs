using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace KaiChat.TestKit;

/// <summary>The transport of the SignalR client in tests: one WebSocket, no negotiation. The client's own package of transports is not to be had.</summary>
internal sealed class WebSocketConnectionFactory : IConnectionFactory
{
    private WebSocketConnection? _connection;

    /// <summary>Whose connection it is, as a proxy in front of the server would say.</summary>
    public string? ForwardedFor { get; init; }

    /// <summary>Gets what is received from when it is set, as it crosses the wire; null: nobody wants it.</summary>
    public ConcurrentQueue<byte[]>? Heard { get; set; }

    /// <summary>Aborts the connection it made.</summary>
    public void Abort() => _connection?.Abort(new ConnectionAbortedException());

    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        if (ForwardedFor is not null) socket.Options.SetRequestHeader("X-Forwarded-For", ForwardedFor);
        await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
        return _connection = new WebSocketConnection(this, socket);
    }

    private sealed class WebSocketConnection : ConnectionContext
    {
        private readonly WebSocketConnectionFactory _factory;
        private readonly ClientWebSocket _socket;
        private readonly IDuplexPipe _application;
        private readonly Task _running;

        public WebSocketConnection(WebSocketConnectionFactory factory, ClientWebSocket socket)
        {
            (_factory, _socket) = (factory, socket);
            var (transport, application) = DuplexPipe.CreateConnectionPair(PipeOptions.Default, PipeOptions.Default);
            (Transport, _application) = (transport, application);
            _running = Task.WhenAll(ReceiveAsync(), SendAsync());
        }

        public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

        public override IDuplexPipe Transport { get; set; }

        public override void Abort(ConnectionAbortedException abortReason) => _socket.Abort();

        public override async ValueTask DisposeAsync()
        {
            await Transport.Output.CompleteAsync();
            await Transport.Input.CompleteAsync();
            await _running;
            _socket.Dispose();
            await base.DisposeAsync();
        }

        private async Task ReceiveAsync()
        {
            try
            {
                while (true)
                {
                    var memory = _application.Output.GetMemory(4096);
                    var received = await _socket.ReceiveAsync(memory, CancellationToken.None);
                    if (received.MessageType == WebSocketMessageType.Close) break;
                    _factory.Heard?.Enqueue(memory[..received.Count].ToArray());
                    _application.Output.Advance(received.Count);
                    if ((await _application.Output.FlushAsync()).IsCompleted) break;
                }
            }
            catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The reader sees the end of the stream.
            }
            await _application.Output.CompleteAsync();
        }

        private async Task SendAsync()
        {
            try
            {
                while (true)
                {
                    var read = await _application.Input.ReadAsync();
                    foreach (var segment in read.Buffer) await _socket.SendAsync(segment, WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
                    if (!read.Buffer.IsEmpty) await _socket.SendAsync(ReadOnlyMemory<byte>.Empty, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
                    _application.Input.AdvanceTo(read.Buffer.End);
                    if (read.IsCompleted) break;
                }
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, statusDescription: null, CancellationToken.None);
            }
            catch (Exception lost) when (lost is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // The peer is gone; what was to be sent is lost with it.
            }
            await _application.Input.CompleteAsync();
        }
    }

    /// <summary>Two ends of a pair of pipes.</summary>
    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;

        public static (IDuplexPipe Transport, IDuplexPipe Application) CreateConnectionPair(PipeOptions inward, PipeOptions outward)
        {
            var (input, output) = (new Pipe(inward), new Pipe(outward));
            return (new DuplexPipe(input.Reader, output.Writer), new DuplexPipe(output.Reader, input.Writer));
        }
    }
}
