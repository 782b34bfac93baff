using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// The hub's one protocol, JSON, which answers a call whose method or arguments it cannot read with a code. The framework's own answer has none, and a page that cannot tell
/// it from a fault of the server would send the same call again.
/// </summary>
internal sealed class PageProtocol(IOptions<JsonHubProtocolOptions> options, WebMetrics metrics) : IHubProtocol
{
    private readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;

    public int Version => _json.Version;

    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!_json.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationBindingFailureMessage unreadable) message = Describe(unreadable);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    /// <summary>The sentence of a <see cref="HubException"/> is one that the framework passes on.</summary>
    private InvocationBindingFailureMessage Describe(InvocationBindingFailureMessage unreadable)
    {
        metrics.CallRejected(ErrorCodes.RequestInvalid);
        var refusal = new HubException(
            $"{ErrorCodes.RequestInvalid}: The hub has no such method, or it takes other arguments. Nothing was done.", unreadable.BindingFailure.SourceException);
        return new InvocationBindingFailureMessage(unreadable.InvocationId, unreadable.Target, ExceptionDispatchInfo.Capture(refusal));
    }
}
