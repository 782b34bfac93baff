using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace KaiChat.Server.Web;

/// <summary>One or more hub messages, encoded once in the hub's one protocol and shared by all connections that get them.</summary>
internal sealed class EncodedFrame(ReadOnlyMemory<byte> bytes)
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    public SerializedHubMessage Message { get; } = new([new SerializedMessage("json", bytes)]);

    /// <summary>Encodes a call of a method of the client.</summary>
    public static EncodedFrame Of(IHubProtocol protocol, string method, params object?[] arguments) =>
        new(protocol.GetMessageBytes(new InvocationMessage(method, arguments)));
}
