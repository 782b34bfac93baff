using KaiChat.Server.Chat;
using KaiChat.Server.Cluster;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web.Lobby;

/// <summary>What anybody may ask before signing in: <c>/api/v1/lobby</c> and <c>/api/v1/usernames</c>.</summary>
internal static class LobbyApi
{
    private static readonly AddressQuota Requests = new("lobby", "requests", services => services.GetRequiredService<IOptions<LobbyOptions>>().Value.RequestsPerMinute);

    public static void MapLobbyApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1").WithTags("Lobby").WithAddressQuota(Requests).WithQueryRules()
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/lobby", GetAsync).WithName("getLobby");
        api.MapGet("/usernames/{name}", CheckAsync).WithName("checkUsername");
    }

    /// <summary>Says what the place is and which channels are open.</summary>
    private static async Task<LobbyInfo> GetAsync(HttpContext context, LobbyChannels channels, IOptions<LobbyOptions> options)
    {
        context.Response.Headers.CacheControl = "public, max-age=2";
        return new LobbyInfo(
            options.Value.Title,
            options.Value.Description,
            await channels.ListAsync(context.RequestAborted),
            new UsernameRules(1, Username.MaxLength, [Username.Reserved]));
    }

    /// <summary>Says whether a username can be had right now.</summary>
    /// <remarks>Nothing is reserved: somebody else may be quicker. A taken name is one that somebody has now, in some letter case; who that is, it does not say.</remarks>
    /// <param name="name">The name, percent-encoded.</param>
    private static async Task<UsernameCheck> CheckAsync(string name, HttpContext context, IPresence presence)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!Username.TryParse(name, out var username, out var error)) return new UsernameCheck(name, Free: false, ErrorCodes.UsernameInvalid, error.DescribeUsername());
        if (await presence.IsFreeAsync(username, context.RequestAborted)) return new UsernameCheck(name, Free: true);
        return new UsernameCheck(name, Free: false, ErrorCodes.UsernameTaken, ChatRefusedException.UsernameTaken(name).Message);
    }
}
