using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin;

/// <summary>The server itself: <c>/api/v1/server</c>.</summary>
internal static class ServerApi
{
    public static void MapServerApi(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/server", Get).WithTags("Server").WithName("getServer").RequireScope(Scopes.ServerRead);

    /// <summary>Says what this server is and how it is doing.</summary>
    private static ServerInfo Get(ServerFacts facts) => facts.Collect();
}
