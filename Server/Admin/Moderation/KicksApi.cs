using KaiChat.Server.Access;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>Putting users out of a channel: <c>/api/v1/channels/{name}/kicks</c>.</summary>
internal static class KicksApi
{
    public static void MapKicksApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/channels/{name}/kicks", KickAsync).WithTags("Channels").WithName("kick").RequireScope(Scopes.ModerationWrite)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    /// <summary>Puts a user out of a channel.</summary>
    /// <remarks>The user is told by whom and why, stays signed in, and may come back at once, or after <c>minutes</c>: then it is a ban in the channel as well.</remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    private static async Task<NoContent> KickAsync(string name, KickRequest request, HttpContext context, ModerationService moderation, TimeProvider clock)
    {
        var until = SanctionOrder.ReadUntil(until: null, request.Minutes, clock.GetUtcNow());
        await moderation.KickAsync(
            ChannelSegment.Parse(name), SanctionOrder.ReadUsername(request.Username), SanctionOrder.ReadReason(request.Reason), until, context.Actor());
        return TypedResults.NoContent();
    }
}
