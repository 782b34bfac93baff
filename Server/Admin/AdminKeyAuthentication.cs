using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Console;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>
/// Authenticates operators: <c>Authorization: Bearer</c> with a key, or else the console's cookie. A key is looked up before anything else is decided, so that no
/// number of wrong ones, from the same address either, keeps a right one out.
/// </summary>
internal sealed class AdminKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys, AdminDoor door, WrongKeys wrongKeys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "AdminKey";

    private const string Bearer = "Bearer ";
    private static readonly AuthenticateResult Closed = AuthenticateResult.Fail("The admin API is closed to this address.");
    private static readonly AuthenticateResult Wrong = AuthenticateResult.Fail("The admin key is wrong.");

    // The base class's category is kept quiet (DiagnosticsServiceExtensions): it calls each challenge information.
    private readonly ILogger _log = logger.CreateLogger<AdminDoor>();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // An address that the API is closed to does not even learn whether its key is right.
        if (!door.IsOpenTo(Context)) return Closed;
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return await AuthenticateConsoleAsync();
        if (await keys.FindAsync(header[Bearer.Length..].Trim()) is not { } holder) return Wrong;
        Context.SetHolder(holder);
        return Success(holder);
    }

    private async Task<AuthenticateResult> AuthenticateConsoleAsync()
    {
        await Context.AuthenticateAsync(ConsoleCookie.SchemeName);
        return Context.SignIn() is { } signedIn ? Success(signedIn.Holder) : AuthenticateResult.NoResult();
    }

    private static AuthenticateResult Success(KeyHolder holder) => AuthenticateResult.Success(
        new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, holder.Name)], SchemeName)), SchemeName));

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceAsync();
        if (result == Closed)
        {
            await RefuseAsync(StatusCodes.Status403Forbidden, ErrorCodes.Forbidden, door.WhyClosed(Context) ?? "");
        }
        else if (result == Wrong)
        {
            var count = await wrongKeys.AddAndWaitAsync(Context.Connection.RemoteIpAddress, Context.RequestAborted);
            Tell(Response, count);
            if (count.TooMany is { } wait) await RefuseAsync(StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited, TooMany(wait), wait);
            else await AskAsync("The admin key is wrong, has expired or was revoked.");
        }
        else
        {
            await AskAsync("The admin key is missing: send it as Authorization: Bearer.");
        }
    }

    private Task AskAsync(string what)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return RefuseAsync(StatusCodes.Status401Unauthorized, ErrorCodes.Unauthorized, $"{what} The first one is in admin.key in the data directory, unless Admin:Key is set.");
    }

    /// <summary>Tells whoever showed a wrong key how many more it may show.</summary>
    public static void Tell(HttpResponse response, WrongKeyCount count) =>
        new QuotaState("wrong-keys", count.Limit, count.Remaining, count.TooMany ?? count.Reset, count.TooMany is not null).Tell(response);

    /// <summary>Says how long an address that tries keys has to wait.</summary>
    public static string TooMany(TimeSpan wait) =>
        $"Too many wrong admin keys from your address. Wait {Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s, or send the right one.";

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        RefuseAsync(StatusCodes.Status403Forbidden, ErrorCodes.ScopeMissing, $"Your key {Context.Holder()?.Name} lacks the scope {Context.ScopeOf()}. Use a key that has it, or make one.");

    private Task RefuseAsync(int status, string code, string sentence, TimeSpan? retryAfter = null)
    {
        AdminLog.Refused(_log, Context.Connection.RemoteIpAddress, code);
        return Problems.WriteAsync(Context, status, code, sentence, retryAfter);
    }
}
