using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin;

/// <summary>Open connections of all front-ends: <c>/api/v1/connections</c>.</summary>
internal static class ConnectionsApi
{
    private const string Farewell = "An operator has disconnected you.";

    /// <summary>Those of all kinds of clients.</summary>
    private static readonly string[] States = [.. KaiConnection.States.Union(HubClient.States, StringComparer.Ordinal)];

    public static void MapConnectionsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/connections").WithTags("Connections");
        api.MapGet("/", List).WithName("listConnections").RequireScope(Scopes.ConnectionsRead);
        api.MapGet("/{id}", Get).WithName("getConnection").RequireScope(Scopes.ConnectionsRead).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapDelete("/{id}", DisconnectAsync).WithName("disconnect").RequireScope(Scopes.ConnectionsWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists the open connections, oldest first.</summary>
    /// <remarks>Filters narrow down together. Connections that come while one walks the pages are on the last one.</remarks>
    /// <param name="kind">Only this kind of client.</param>
    /// <param name="state">Only connections in this state of their protocol, like <c>inChannel</c>.</param>
    /// <param name="username">Only connections of this user, in any letter case.</param>
    /// <param name="channel">Only connections whose user is in this channel, with or without its <c>@</c>.</param>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static Page<ClientConnection> List(
        HttpContext context,
        ConnectionRegistry connections,
        [FromQuery] Word<Origin>? kind,
        [FromQuery] string? state,
        [FromQuery] string? username,
        [FromQuery] string? channel,
        [FromQuery] string? after,
        [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        if (state is not null && !States.Contains(state, StringComparer.OrdinalIgnoreCase)) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"state is one of: {string.Join(", ", States)}.");
        var inChannel = channel is null ? null : ChannelSegment.Parse(channel);
        return connections.All
            .Where(connection =>
                (kind is null || connection.Origin == kind.Value.Value)
                && (state is null || connection.ProtocolState.Equals(state, StringComparison.OrdinalIgnoreCase))
                && (username is null || username.Equals(connection.Session?.Name.Value, StringComparison.OrdinalIgnoreCase))
                && (inChannel is null || connection.Session?.Channels.ContainsKey(inChannel) == true))
            .ToPage(context, KeyOf, after, limit, AdminMapping.ToContract);
    }

    /// <summary>Gets an open connection.</summary>
    /// <param name="id">The connection.</param>
    private static ClientConnection Get(string id, ConnectionRegistry connections) =>
        connections.Find(id)?.ToContract() ?? throw new ChatRefusedException(ErrorCodes.NotFound, "There is no open connection of this id. It may have ended.");

    /// <summary>Disconnects a client and ends its session.</summary>
    /// <remarks>
    /// The user is told by whom, as far as the protocol has words for it, and the username is free again. A browser's session ends with all its tabs, since a page
    /// that only lost its connection comes back at once. Signing in again is possible. Answered when the connection is gone; repeating it changes nothing, and
    /// neither does an id that is not, or no longer, open.
    /// </remarks>
    /// <param name="id">The connection.</param>
    private static async Task<NoContent> DisconnectAsync(string id, HttpContext context, ConnectionRegistry connections, AuditTrail audit, ILogger<ConnectionRegistry> logger)
    {
        if (connections.Find(id) is { } open)
        {
            var before = open.ToContract();
            AdminLog.Disconnecting(logger, open.Id);
            await audit.RecordAsync(context.Actor(), "connection.delete", open.Id, new { before.Kind, before.Username, before.Address, before.Channels });
        }
        await connections.DisconnectAsync(id, Farewell);
        return TypedResults.NoContent();
    }

    /// <summary>By age, and by id where that is the same.</summary>
    private static string KeyOf(IClientConnection connection) => connection.ConnectedAt.UtcTicks.ToString("x16", CultureInfo.InvariantCulture) + connection.Id;
}
