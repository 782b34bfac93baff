using KaiChat.Server.Connections;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// Counts hub connections for their addresses. One too many is answered with a problem document in place of a connection: the session of its page stays, and the page
/// tries again by itself.
/// </summary>
internal sealed class HubAddresses(AddressLimit limit, IOptions<WebOptions> options)
{
    private readonly TrustedPeers _proxies = new(options.Value.TrustedProxies);

    /// <summary>Has its place behind authorization: a request without a good token is no connection.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // By what it leads to, not by its path, which has more than one spelling.
        var endpoint = context.GetEndpoint()?.Metadata;
        if (endpoint?.GetMetadata<HubMetadata>() is null || endpoint.GetMetadata<NegotiateMetadata>() is not null)
        {
            await next(context);
            return;
        }
        using var place = limit.Enter(context.Connection.RemoteIpAddress, _proxies);
        if (place.Admission != AddressAdmission.Admitted) throw limit.Refusal();
        await next(context);
    }

    /// <exception cref="Chat.ChatRefusedException">A page that signs in from there could not connect.</exception>
    public void ThrowIfFull(HttpContext context) => limit.ThrowIfFull(context.Connection.RemoteIpAddress, _proxies);
}
