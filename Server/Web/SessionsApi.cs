using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Server.Hosting;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>Signing in: <c>/api/v1/sessions</c>.</summary>
internal static class SessionsApi
{
    private static readonly AddressQuota SignIns = new("sign-ins", "sign-ins", services => services.GetRequiredService<IOptions<LimitsOptions>>().Value.SignInsPerMinute);

    public static void MapSessionsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/sessions").WithTags("Sessions").WithQueryRules();
        api.MapPost("/", SignInAsync).WithName("signIn").WithSummary("Signs a user in and gives a token for the hub.")
            .Accepts<SignInRequest>("application/json").Produces<SignInResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithAddressQuota(SignIns);
        api.MapGet("/current", CurrentAsync).WithName("getCurrentSession").WithSummary("Says whether a token is still worth a session.")
            .Produces<SignInResponse>().ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(SessionTokenAuthentication.SchemeName).RequireAuthenticatedUser());
    }

    private static async Task<IResult> SignInAsync(HttpContext context, WebSessions sessions, SessionTokens tokens, SignInFacts facts, HubAddresses addresses)
    {
        SignInRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<SignInRequest>(context.RequestAborted);
        }
        catch (JsonException unreadable)
        {
            throw new BadHttpRequestException(unreadable.Message, unreadable);
        }
        catch (InvalidOperationException)
        {
            return Problem(context, ErrorCodes.RequestInvalid, "The body is JSON like {\"username\":\"anna\"}, with Content-Type application/json.");
        }
        if (!Username.TryParse(request?.Username, out var name, out var error)) return Problem(context, ErrorCodes.UsernameInvalid, error.DescribeUsername());
        addresses.ThrowIfFull(context);
        var session = await sessions.SignInAsync(name, context.Connection.RemoteIpAddress, context.RequestAborted);
        var (token, expires) = tokens.Issue(session.Chat.Who);
        return Results.Created("/api/v1/sessions/current", facts.Response(token, session.Chat.Who, expires));
    }

    private static async Task<IResult> CurrentAsync(HttpContext context, WebSessions sessions, SessionTokens tokens, SignInFacts facts)
    {
        var who = SessionTokenAuthentication.AuthorOf(context);
        if (await sessions.FindOrReviveAsync(who, context.Connection.RemoteIpAddress, context.RequestAborted) is null) throw ChatRefusedException.SessionEnded();
        var (token, expires) = tokens.Issue(who);
        return Results.Ok(facts.Response(token, who, expires));
    }

    private static IResult Problem(HttpContext context, string code, string detail) =>
        Results.Problem(Problems.Create(context, StatusCodes.Status400BadRequest, code, detail));
}

/// <summary>What a page needs to know of this server before it connects.</summary>
internal sealed class SignInFacts(IOptions<LimitsOptions> limits, ListeningEndpoints listening, PageVersion page)
{
    public SignInResponse Response(string token, Author who, DateTimeOffset expires) => new(
        token,
        who.Session.ToString(),
        who.Name.Value,
        expires,
        limits.Value.MaxTextLength,
        KaiPdu.MaxTextLength,
        listening.NativePort,
        (int)limits.Value.ResumeGrace.TotalSeconds,
        (int)limits.Value.EditWindow.TotalSeconds,
        page.Value);
}
