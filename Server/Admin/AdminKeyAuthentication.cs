using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KaiChat.Server.Access;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>
/// Authenticates operators: <c>Authorization: Bearer</c> with the admin key. A key is compared before anything else is decided, so that no number of wrong ones,
/// from the same address either, keeps the right one out.
/// </summary>
internal sealed class AdminKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AdminKey key, AdminDoor door, WrongKeys wrongKeys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AdminKey";

    private const string Bearer = "Bearer ";
    private static readonly AuthenticateResult Closed = AuthenticateResult.Fail("The admin API is closed to this address.");
    private static readonly AuthenticateResult Wrong = AuthenticateResult.Fail("The admin key is wrong.");

    // The base class's category is kept quiet (DiagnosticsServiceExtensions): it calls each challenge information.
    private readonly ILogger _log = logger.CreateLogger<AdminDoor>();
    private TimeSpan? _wait;

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        // An address that the API is closed to does not even learn whether its key is right.
        if (!door.IsOpenTo(Context)) return Closed;
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        if (!key.Matches(header[Bearer.Length..].Trim()))
        {
            _wait = wrongKeys.Add(Context.Connection.RemoteIpAddress);
            return Wrong;
        }
        Context.SetHolder(new KeyHolder(KeyHolder.Administrator, Scopes.All));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, "operator")], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceAsync();
        if (result == Closed)
        {
            await RefuseAsync(
                StatusCodes.Status403Forbidden, ErrorCodes.Forbidden,
                "The admin API is open to the server's own machine only. Admin:AllowRemote=true opens it to other addresses; let them use TLS then.");
        }
        else if (_wait is { } wait)
        {
            var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await RefuseAsync(
                StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited, $"Too many wrong admin keys from your address. Wait {seconds} s, or send the right one.", wait);
        }
        else
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            var what = result == Wrong ? "The admin key is wrong." : "The admin key is missing: send it as Authorization: Bearer.";
            await RefuseAsync(
                StatusCodes.Status401Unauthorized, ErrorCodes.Unauthorized, $"{what} It is in admin.key in the data directory, unless Admin:Key is set.");
        }
    }

    private Task RefuseAsync(int status, string code, string sentence, TimeSpan? retryAfter = null)
    {
        AdminLog.Refused(_log, Context.Connection.RemoteIpAddress, code);
        return Problems.WriteAsync(Context, status, code, sentence, retryAfter);
    }
}
