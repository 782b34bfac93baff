using System.Net;
using KaiChat.Server.Access;
using KaiChat.Server.Chat.Moderation;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>Whether the admin API is open to where a request comes from, whatever key it has: to this machine, and to others if configured; on a port of its own, if it has one.</summary>
internal sealed class AdminDoor(IOptions<AdminOptions> options)
{
    /// <summary>What proxies add, and what the server itself makes of it (Web:TrustedProxies). A request with one of them comes from elsewhere, although the proxy that passes it on may be on this machine.</summary>
    private static readonly string[] ForwardingHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Proto", "X-Real-IP"];

    private const string ClosedSentence =
        "The admin API is open to the server's own machine only. Admin:AllowRemote=true opens it to other addresses; let them use TLS then.";

    private const string ElsewhereSentence = "The admin API and the console answer on a port of their own (Admin:Port), which this is not.";

    public bool IsOpenTo(HttpContext context) => WhyClosed(context) is null;

    /// <summary>Why it is closed; null if it is open.</summary>
    public string? WhyClosed(HttpContext context)
    {
        if (options.Value.Port is { } port && context.Connection.LocalPort != port) return ElsewhereSentence;
        return options.Value.AllowRemote || IsLocal(context) ? null : ClosedSentence;
    }

    /// <summary>Whether a request comes from this machine, for all that can be known. One that came through a proxy never does, whatever address the proxy names.</summary>
    public static bool IsLocal(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (address is null || ForwardingHeaders.Any(context.Request.Headers.ContainsKey)) return false;
        return IPAddress.IsLoopback(AddressNetwork.Plain(address));
    }
}
