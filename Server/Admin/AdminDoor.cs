using System.Net;
using KaiChat.Server.Access;
using KaiChat.Server.Chat.Moderation;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>Whether the admin API is open to where a request comes from, whatever key it has: to this machine, and to others if configured.</summary>
internal sealed class AdminDoor(IOptions<AdminOptions> options)
{
    /// <summary>What proxies add, and what the server itself makes of it (Web:TrustedProxies). A request with one of them comes from elsewhere, although the proxy that passes it on may be on this machine.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Proto", "X-Real-IP"];

    public const string ClosedSentence =
        "The admin API is open to the server's own machine only. Admin:AllowRemote=true opens it to other addresses; let them use TLS then.";

    public bool IsOpenTo(HttpContext context) => options.Value.AllowRemote || IsLocal(context);

    /// <summary>Whether a request comes from this machine, for all that can be known. One that came through a proxy never does, whatever address the proxy names.</summary>
    public static bool IsLocal(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || ForwardingHeaders.Any(context.Request.Headers.ContainsKey)) return false;
        return IPAddress.IsLoopback(AddressNetwork.Plain(address));
    }
}
