using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using KaiChat.Server.Access;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin.Console;

/// <summary>A sign-in to the console, as its cookie tells.</summary>
/// <param name="Holder">Whose key began it, as it is now.</param>
/// <param name="Id">Its own id, unguessable.</param>
/// <param name="Antiforgery">What changes must send beside the cookie. It lies in the sealed cookie, which no script can read, and is told to the page alone.</param>
/// <param name="ExpiresAt">When it ends if it is not used.</param>
internal sealed record ConsoleSignIn(KeyHolder Holder, string Id, string Antiforgery, DateTimeOffset ExpiresAt);

/// <summary>
/// The console's cookie, by the framework's own cookie authentication, sealed with Data Protection. It holds no key and no rights: which key began it, and with every
/// request that key is looked up again, so that a revoked one ends what it opened.
/// </summary>
internal static class ConsoleCookie
{
    public const string SchemeName = "Console";
    public const string CookieName = "kaichat-console";
    public const string AntiforgeryHeader = "X-KaiChat-Antiforgery";

    private const string SessionItem = "session";
    private const string AntiforgeryItem = "antiforgery";
    private static readonly object SignInItem = new();

    public static void AddConsoleCookie(this IServiceCollection services)
    {
        services.AddSingleton<EndedSignIns>();
        services.AddAuthentication().AddCookie(SchemeName);
        services.AddOptions<CookieAuthenticationOptions>(SchemeName).Configure<IOptions<AdminOptions>>((options, admin) =>
        {
            options.Cookie.Name = CookieName;
            options.Cookie.Path = "/api/v1";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Cookie.IsEssential = true;
            options.ExpireTimeSpan = admin.Value.ConsoleSession;
            options.SlidingExpiration = true;
            options.Events.OnValidatePrincipal = ValidateAsync;
        });
    }

    /// <summary>The sign-in whose cookie opened this request; null if none did.</summary>
    public static ConsoleSignIn? SignIn(this HttpContext context) => context.Items[SignInItem] as ConsoleSignIn;

    /// <summary>Signs a holder in: the answer carries the cookie.</summary>
    public static async Task<ConsoleSignIn> BeginAsync(HttpContext context, KeyHolder holder, DateTimeOffset expiresAt)
    {
        var signedIn = new ConsoleSignIn(holder, Random(), Random(), expiresAt);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, holder.Ticket)], SchemeName);
        var properties = new AuthenticationProperties { ExpiresUtc = expiresAt, Items = { [SessionItem] = signedIn.Id, [AntiforgeryItem] = signedIn.Antiforgery } };
        await context.SignInAsync(SchemeName, new ClaimsPrincipal(identity), properties);
        return signedIn;
    }

    /// <summary>Whether a request may change something: it was opened by no cookie, which other pages could have a browser send, or it has the token, which they cannot know.</summary>
    public static bool IsGenuine(this HttpContext context) =>
        context.SignIn() is not { } signedIn
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(context.Request.Headers[AntiforgeryHeader].ToString()), Encoding.UTF8.GetBytes(signedIn.Antiforgery));

    /// <summary>Refuses changes with the cookie and without its token.</summary>
    public static void UseConsoleAntiforgery(this WebApplication app) => app.Use((context, next) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || context.IsGenuine()
            ? next(context)
            : Problems.WriteAsync(context, StatusCodes.Status400BadRequest, ErrorCodes.AntiforgeryInvalid, NotGenuine));

    public const string NotGenuine = $"With the console's cookie, {AntiforgeryHeader} must be the antiforgeryToken of GET /api/v1/console/session. Nothing was done.";

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } ticket
            && context.Properties is { ExpiresUtc: { } expires, Items: var items }
            && items.TryGetValue(SessionItem, out var id) && id is not null && items.TryGetValue(AntiforgeryItem, out var antiforgery) && antiforgery is not null
            && !services.GetRequiredService<EndedSignIns>().Contains(id)
            && await services.GetRequiredService<KeyRing>().RecallAsync(ticket) is { } holder)
        {
            context.HttpContext.SetHolder(holder);
            context.HttpContext.Items[SignInItem] = new ConsoleSignIn(holder, id, antiforgery, expires);
            return;
        }
        context.RejectPrincipal();
    }

    private static string Random() => System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
