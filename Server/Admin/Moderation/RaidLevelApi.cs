using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>What is restricted for all, against an attack: <c>/api/v1/raid-level</c>.</summary>
internal static class RaidLevelApi
{
    public static void MapRaidLevelApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/raid-level").WithTags("Raid level");
        api.MapGet("/", Get).WithName("getRaidLevel").RequireScope(Scopes.ModerationRead);
        api.MapPut("/", SetAsync).WithName("setRaidLevel").RequireScope(Scopes.ModerationWrite)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Says which raid level holds, and what each one does.</summary>
    private static RaidLevelInfo Get(RaidControl raid) => Describe(raid.Current);

    /// <summary>Sets the raid level, for a time or until it is set again.</summary>
    /// <remarks>In force at once and over restarts. Operators in the chat are exempt.</remarks>
    private static async Task<RaidLevelInfo> SetAsync(RaidLevelRequest request, HttpContext context, RaidControl raid) => Describe(await raid.SetAsync(
        request.Level ?? throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "level is missing: 0 to 3."), request.Minutes, context.Actor()));

    private static RaidLevelInfo Describe(RaidState state) => new(
        state.Level,
        RaidLevels.All[state.Level].Name,
        RaidLevels.All[state.Level].Effect,
        state.Until,
        [.. RaidLevels.All.Select((level, number) => new RaidLevelChoice(number, level.Name, level.Effect))]);
}
