using KaiChat.Server.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// Behind a proxy, whose word is believed about where a request comes from: of <c>X-Forwarded-For</c> the right-most address that is no trusted proxy itself, and its
/// <c>X-Forwarded-Proto</c>. Never the host name, which nothing here needs.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>To come before all that looks at addresses.</summary>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var peers = new TrustedPeers(app.Services.GetRequiredService<IOptions<WebOptions>>().Value.TrustedProxies);
        // The middleware believes everybody if nobody is listed.
        if (peers.Networks.Count == 0) return;
        var forwarding = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        forwarding.KnownProxies.Clear();
        forwarding.KnownIPNetworks.Clear();
        foreach (var network in peers.Networks) forwarding.KnownIPNetworks.Add(network);
        app.Use((context, next) =>
        {
            var addresses = context.Request.Headers[ForwardedHeadersDefaults.XForwardedForHeaderName].ToString();
            if (addresses.Length > 0) context.Request.Headers[ForwardedHeadersDefaults.XForwardedForHeaderName] = string.Join(',', addresses.Split(',').Select(Readable));
            return next(context);
        });
        app.UseForwardedHeaders(forwarding);
    }

    /// <summary>An address, some proxies' port behind it; what the middleware would read as another one (octal) is a word that it does not read at all.</summary>
    private static string Readable(string entry)
    {
        var text = entry.Trim();
        var address = text.StartsWith('[') ? text[1..].Split(']')[0] : text.Count(c => c == ':') == 1 ? text.Split(':')[0] : text;
        return AddressText.Parse(address) is null ? "unknown" : text;
    }
}
