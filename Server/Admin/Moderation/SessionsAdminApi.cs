using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>Signed-in users: <c>/api/v1/sessions</c>, beside the public sign-in. An id has 16 hexadecimal digits, so that none is <c>current</c>.</summary>
internal static class SessionsAdminApi
{
    private const string Farewell = "An operator has ended your session. You may sign in again.";

    public static void MapSessionsAdminApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/sessions").WithTags("Sessions");
        api.MapGet("/", List).WithName("listSessions").RequireScope(Scopes.ModerationRead);
        api.MapGet("/{id}", Get).WithName("getSession").RequireScope(Scopes.ModerationRead).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{id}", EndAsync).WithName("endSession").RequireScope(Scopes.ModerationWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists the signed-in users of all kinds of clients, oldest first.</summary>
    /// <remarks>Filters narrow down together.</remarks>
    /// <param name="kind">Only users of this kind of client.</param>
    /// <param name="username">Only this user, in any letter case.</param>
    /// <param name="channel">Only users in this channel, with or without its <c>@</c>.</param>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<SessionInfo> List(
        HttpContext context,
        ChatService chat,
        ConnectionRegistry connections,
        ModerationRules rules,
        [FromQuery] Word<Origin>? kind,
        [FromQuery] string? username,
        [FromQuery] string? channel,
        [FromQuery] string? after,
        [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        var byId = connections.All.Where(connection => connection.Session is not null).ToLookup(connection => connection.Session!.Id, connection => connection.Id);
        var inChannel = channel is null ? null : ChannelSegment.Parse(channel);
        return chat.Sessions
            .Where(session =>
                (kind is null || session.Origin == kind.Value.Value)
                && (username is null || username.Equals(session.Name.Value, StringComparison.OrdinalIgnoreCase))
                && (inChannel is null || session.Channels.ContainsKey(inChannel)))
            .ToPage(context, KeyOf, after, limit, session => Describe(session, byId[session.Id], rules));
    }

    /// <summary>Gets a signed-in user.</summary>
    /// <param name="id">The session.</param>
    private static SessionInfo Get(string id, ChatService chat, ConnectionRegistry connections, ModerationRules rules)
    {
        var session = Find(id, chat) ?? throw new ChatRefusedException(ErrorCodes.NotFound, "There is no session of this id. It may have ended.");
        return Describe(session, connections.All.Where(connection => connection.Session == session).Select(connection => connection.Id), rules);
    }

    /// <summary>Ends a session with all its connections.</summary>
    /// <remarks>
    /// The user is told, the name is free, and a browser's token is worth nothing; signing in again is possible. The only way to end an operator's session from outside.
    /// One that has ended, or is unknown, changes nothing.
    /// </remarks>
    /// <param name="id">The session.</param>
    private static async Task<NoContent> EndAsync(string id, HttpContext context, ChatService chat, ModerationService moderation)
    {
        if (Find(id, chat) is { } session) await moderation.EndAsync(session, Farewell, context.Actor());
        return TypedResults.NoContent();
    }

    private static ChatSession? Find(string id, ChatService chat) => SessionId.TryParse(id, out var parsed) ? chat.FindSession(parsed) : null;

    private static SessionInfo Describe(ChatSession session, IEnumerable<string> connections, ModerationRules rules) => new(
        session.Id.ToString(),
        session.Name.Value,
        session.Origin,
        session.StartedAt,
        session.Presence,
        session.Operator is not null,
        [.. session.Channels.Values.Select(channel => channel.Name.Value).Order(StringComparer.OrdinalIgnoreCase)],
        [.. session.Addresses.Select(address => address.ToString())],
        [.. connections.Order(StringComparer.Ordinal)],
        rules.MuteOf(session, channel: null) is { } mute ? mute.Until ?? ModerationWords.Never : null);

    /// <summary>By age, and by id where that is the same.</summary>
    private static string KeyOf(ChatSession session) => session.StartedAt.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + session.Id;
}
