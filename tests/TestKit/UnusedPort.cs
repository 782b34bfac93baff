using System.Net;
using System.Net.Sockets;

namespace KaiChat.TestKit;

/// <summary>
/// Ports for programs that must be told theirs before they listen. Below those that systems hand out by themselves (32768 and up): between the look and the use, however long that
/// takes, nobody is given it by chance.
/// </summary>
public static class UnusedPort
{
    private const int First = 20_000;
    private const int Count = 12_000;

    private static int _next = Random.Shared.Next(Count);

    /// <summary>A port of an address that nobody listens on and that this was not asked for before.</summary>
    public static int Of(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        for (var tries = 0; tries < Count; tries++)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _next) % Count);
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, port));
                return port;
            }
            catch (SocketException)
            {
                // Somebody has it.
            }
        }
        throw new InvalidOperationException($"No port of {address} is free.");
    }
}
