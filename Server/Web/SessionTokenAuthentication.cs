using System.Security.Claims;
using System.Text.Encodings.Web;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>
/// Authenticates by session token: <c>Authorization: Bearer</c>, or <c>access_token</c> in the query of the hub alone, since a browser cannot
/// set a header on a WebSocket.
/// </summary>
internal sealed class SessionTokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "SessionToken";

    private const string Bearer = "Bearer ";
    private static readonly object AuthorItem = new();

    /// <summary>Whom the request's token names. Only after this scheme has authenticated it.</summary>
    public static Author AuthorOf(HttpContext context) => (Author)context.Items[AuthorItem]!;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        var token = Token();
        if (token is null) return AuthenticateResult.NoResult();
        if (tokens.Read(token) is not var (who, _)) return AuthenticateResult.Fail("The session token is not valid any more.");
        Context.Items[AuthorItem] = who;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, who.Session.ToString()), new Claim(ClaimTypes.Name, who.Name.Value)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    private string? Token()
    {
        string? header = Request.Headers.Authorization;
        if (header is not null && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return header[Bearer.Length..].Trim();
        return Request.Path.StartsWithSegments(ChatHub.Path, StringComparison.Ordinal) ? Request.Query["access_token"].ToString() is { Length: > 0 } token ? token : null : null;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(Context, StatusCodes.Status401Unauthorized, ErrorCodes.SessionEnded, "The session has ended or the token is not valid. Sign in again.");
    }
}
