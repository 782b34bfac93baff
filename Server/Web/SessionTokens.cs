using System.Globalization;
using System.Security.Cryptography;
using KaiChat.Server.Chat;
using KaiChat.Shared.Names;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// Session tokens: who, as which session, until when, sealed with Data Protection. The server keeps none of them, so one is good after a
/// restart, too.
/// </summary>
internal sealed class SessionTokens(IDataProtectionProvider protection, IOptions<WebOptions> options, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("KaiChat.Session.v1");

    public (string Token, DateTimeOffset ExpiresAt) Issue(Author who)
    {
        var expires = clock.GetUtcNow() + options.Value.TokenLifetime;
        return (_protector.Protect($"{who.Session}|{expires.ToUnixTimeSeconds()}|{who.Name}"), expires);
    }

    /// <summary>Reads a token; null if it is none of ours, damaged or over.</summary>
    public (Author Who, DateTimeOffset ExpiresAt)? Read(string token)
    {
        // Longer than any token of ours: not worth the cryptography.
        if (token.Length is 0 or > 512) return null;
        string[] parts;
        try
        {
            parts = _protector.Unprotect(token).Split('|', 3);
        }
        catch (CryptographicException)
        {
            return null;
        }
        if (parts.Length != 3
            || !SessionId.TryParse(parts[0], out var session)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || !Username.TryParse(parts[2], out var name, out _))
        {
            return null;
        }
        var expires = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return expires > clock.GetUtcNow() ? (new Author(session, name), expires) : null;
    }
}
