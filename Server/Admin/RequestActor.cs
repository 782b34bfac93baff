using System.Diagnostics;
using KaiChat.Server.Access;

namespace KaiChat.Server.Admin;

/// <summary>Who makes a request, for the audit log.</summary>
internal static class RequestActor
{
    public static Actor Actor(this HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return new Actor(
            context.User.Identity?.Name ?? KeyHolder.Administrator,
            (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(),
            Activity.Current?.Id ?? context.TraceIdentifier);
    }
}
