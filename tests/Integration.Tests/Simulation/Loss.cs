using System.Net.Sockets;
using System.Net.WebSockets;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>How a client of either kind sees that its connection is gone.</summary>
internal static class Loss
{
    public static bool Is(Exception fault) =>
        fault is OperationCanceledException or IOException or InvalidDataException or InvalidOperationException or WebSocketException or SocketException;
}
