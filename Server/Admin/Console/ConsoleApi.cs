using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin.Console;

/// <summary>Signing in to the console: <c>/api/v1/console/session</c>.</summary>
internal static class ConsoleApi
{
    private const string Path = "/console/session";

    public static void MapConsoleApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Path).WithTags("Console").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.AddEndpointFilter(RefuseStrangersAsync);
        api.MapPost("/", SignInAsync).WithName("signInToConsole").ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        // A delegate, not a RequestDelegate, which would answer nothing.
        api.MapGet("/", (Delegate)GetAsync).WithName("getConsoleSession").ProducesProblem(StatusCodes.Status401Unauthorized);
        api.MapDelete("/", SignOutAsync).WithName("signOutOfConsole");
    }

    /// <summary>Signs in to the console with a key.</summary>
    /// <remarks>
    /// The answer sets a cookie that no script can read and no other site's page can have sent. With it, every request but GET and HEAD must send
    /// <c>X-KaiChat-Antiforgery</c> with the <c>antiforgeryToken</c>. The sign-in ends with the key, at the latest.
    /// </remarks>
    private static async Task<Created<ConsoleSession>> SignInAsync(
        ConsoleSignInRequest request, HttpContext context, KeyRing keys, WrongKeys wrongKeys, AuditTrail audit, IOptions<AdminOptions> options, TimeProvider clock)
    {
        if (await keys.FindAsync(request.Key?.Trim() ?? "") is not { } holder)
        {
            var count = await wrongKeys.AddAndWaitAsync(context.Connection.RemoteIpAddress, context.RequestAborted);
            AdminKeyAuthentication.Tell(context.Response, count);
            throw count.TooMany is { } wait
                ? new ChatRefusedException(ErrorCodes.RateLimited, AdminKeyAuthentication.TooMany(wait), wait)
                : new ChatRefusedException(ErrorCodes.Unauthorized, "The admin key is wrong, has expired or was revoked.");
        }
        context.SetHolder(holder);
        await audit.RecordAsync(context.Actor(), "console.signIn", holder.Name);
        var signedIn = await ConsoleCookie.BeginAsync(context, holder, clock.GetUtcNow() + options.Value.ConsoleSession);
        return TypedResults.Created("/api/v1" + Path, ToContract(signedIn));
    }

    /// <summary>Says who is signed in to the console.</summary>
    private static async Task<ConsoleSession> GetAsync(HttpContext context)
    {
        await context.AuthenticateAsync(ConsoleCookie.SchemeName);
        context.Response.Headers.CacheControl = "no-store";
        return context.SignIn() is { } signedIn ? ToContract(signedIn) : throw new ChatRefusedException(ErrorCodes.Unauthorized, "Nobody is signed in to the console, or not any more. Sign in with a key.");
    }

    /// <summary>Signs out of the console.</summary>
    /// <remarks>The cookie is worth nothing from then on, and neither is any copy of it.</remarks>
    private static async Task<NoContent> SignOutAsync(HttpContext context, EndedSignIns ended, AuditTrail audit)
    {
        await context.AuthenticateAsync(ConsoleCookie.SchemeName);
        if (context.SignIn() is not { } signedIn) return TypedResults.NoContent();
        if (!context.IsGenuine()) throw new ChatRefusedException(ErrorCodes.AntiforgeryInvalid, ConsoleCookie.NotGenuine);
        try
        {
            await audit.RecordAsync(context.Actor(), "console.signOut", signedIn.Holder.Name);
        }
        finally
        {
            // It takes away and gives nothing: done in any case.
            ended.Add(signedIn.Id);
            await context.SignOutAsync(ConsoleCookie.SchemeName);
        }
        return TypedResults.NoContent();
    }

    /// <summary>Nobody has shown a key yet, so the door is looked at here.</summary>
    private static ValueTask<object?> RefuseStrangersAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) =>
        invocation.HttpContext.RequestServices.GetRequiredService<AdminDoor>().WhyClosed(invocation.HttpContext) is { } sentence
            ? throw new ChatRefusedException(ErrorCodes.Forbidden, sentence)
            : next(invocation);

    private static ConsoleSession ToContract(ConsoleSignIn signedIn) => new(
        signedIn.Holder.Name, [.. signedIn.Holder.Granted.Order(StringComparer.Ordinal)], signedIn.Antiforgery, signedIn.ExpiresAt);
}
