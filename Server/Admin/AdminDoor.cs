using System.Net;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>Whether the admin API is open to where a request comes from, whatever key it has: to this machine, and to others if configured.</summary>
internal sealed class AdminDoor(IOptions<AdminOptions> options)
{
    /// <summary>What proxies add. A request with one of them comes from elsewhere, although the proxy that passes it on may be on this machine.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"];

    public bool IsOpenTo(HttpContext context) => options.Value.AllowRemote || IsLocal(context.Connection.RemoteIpAddress, context.Request.Headers);

    private static bool IsLocal(IPAddress? address, IHeaderDictionary headers)
    {
        if (address is null || ForwardingHeaders.Any(headers.ContainsKey)) return false;
        return IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }
}
