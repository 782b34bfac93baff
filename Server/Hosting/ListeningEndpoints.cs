namespace KaiChat.Server.Hosting;

/// <summary>Where the server listens, once it does: port 0 in the configuration becomes a real one here.</summary>
internal sealed class ListeningEndpoints
{
    private Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions? _native;

    /// <summary>The port of native clients; 0 until it listens.</summary>
    public int NativePort => _native?.IPEndPoint?.Port ?? 0;

    public void SetNative(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen) => _native = listen;

    /// <summary>Whether one of the server's addresses is the native port, which is no place for browsers.</summary>
    public bool IsNative(string address) => Uri.TryCreate(address.Replace("[::]", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var uri) && uri.Port == NativePort;
}
