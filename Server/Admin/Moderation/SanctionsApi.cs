using System.Globalization;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Moderation;

/// <summary>What <c>/api/v1/bans</c> and <c>/api/v1/mutes</c> have in common: all but their words.</summary>
internal static class SanctionsApi
{
    public static Page<Sanction> List(SanctionKind kind, HttpContext context, ModerationService moderation, string? after, int limit) =>
        moderation.InForce(kind).ToPage(context, sanction => sanction.Id.ToString("x16", CultureInfo.InvariantCulture), after, limit, sanction => sanction.ToContract());

    public static Sanction Get(SanctionKind kind, string id, ModerationService moderation) =>
        (ReadId(id) is { } number ? moderation.Find(kind, number) : null)?.ToContract()
        ?? throw new ChatRefusedException(ErrorCodes.NotFound, $"There is no {WordOf(kind)} of this id in force. It may be over, or lifted.");

    public static async Task<IResult> ImposeAsync(
        SanctionKind kind, ImposeRequest request, bool dryRun, HttpContext context, ModerationService moderation, ConnectionRegistry connections, TimeProvider clock)
    {
        var order = SanctionOrder.Read(
            kind, request.Username, request.Network, request.Channel, request.Reason, request.Until, request.Minutes, clock.GetUtcNow());
        if (dryRun) return Results.Ok(new SanctionPreview([.. moderation.Preview(order).Select(session => ToHit(session, connections))]));
        var sanction = (await moderation.ImposeAsync(order, context.Actor())).ToContract();
        return Results.Created($"/api/v1/{WordOf(kind)}s/{sanction.Id}", sanction);
    }

    public static async Task LiftAsync(SanctionKind kind, string id, HttpContext context, ModerationService moderation)
    {
        if (ReadId(id) is { } number) await moderation.LiftAsync(kind, number, context.Actor());
    }

    public static SanctionCheck Check(SanctionKind kind, string? username, string? address, string? channel, SanctionBook book)
    {
        if (username is null && address is null) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "username and address are both missing: who is asked about.");
        var from = AddressText.Parse(address);
        if (address is not null && from is null) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "address is an IP address.");
        var found = book.Find(kind, username is null ? null : SanctionOrder.ReadUsername(username), from is null ? [] : [from], SanctionOrder.ReadChannel(channel));
        return new SanctionCheck(found is not null, found?.ToContract());
    }

    private static SanctionHit ToHit(ChatSession session, ConnectionRegistry connections) => new(
        session.Name.Value,
        [.. connections.All.Where(connection => connection.Session == session).Select(connection => connection.Id)],
        session.Addresses is [.., var newest] ? newest.ToString() : null,
        session.Origin);

    private static string WordOf(SanctionKind kind) => kind == SanctionKind.Ban ? "ban" : "mute";

    private static long? ReadId(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
