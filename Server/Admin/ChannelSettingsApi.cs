using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KaiChat.Server.Admin;

/// <summary>What operators settle for channels: making, changing and closing them.</summary>
internal static class ChannelSettingsApi
{
    public static void MapChannelSettingsApi(this IEndpointRouteBuilder channels)
    {
        channels.MapPost("/", CreateAsync).WithName("createChannel").WithIdempotency().RequireScope(Scopes.ChannelsWrite)
            .Produces<ChannelDetails>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        channels.MapPatch("/{name}", UpdateAsync).WithName("updateChannel").RequireScope(Scopes.ChannelsWrite)
            .Accepts<ChannelUpdateRequest>("application/json").Produces<ChannelDetails>()
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        channels.MapDelete("/{name}", DeleteAsync).WithName("deleteChannel").RequireScope(Scopes.ChannelsWrite)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Opens a channel that stays open without members, over restarts too.</summary>
    private static async Task<IResult> CreateAsync(ChannelRequest request, HttpContext context, ChannelKeeper keeper, ChatService chat)
    {
        var topic = SettledChannel.CheckTopic(request.Topic);
        if (request.RetentionDays is < 1 or > SettledChannel.MaxDays) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"retentionDays is from 1 to {SettledChannel.MaxDays}.");
        var channel = await keeper.CreateAsync(
            context.Actor(),
            ChannelSegment.Parse(request.Name ?? ""),
            none => none with { Topic = topic, ReadOnly = request.ReadOnly == true, Native = request.Native, RetentionDays = request.RetentionDays });
        return Results.Created($"/api/v1/channels/{Uri.EscapeDataString(channel.Name.Value)}", await ChannelsApi.DescribeAsync(context, chat, (channel, channel.Settings)));
    }

    /// <summary>Changes a channel's settings; what is left out stays as it is.</summary>
    /// <remarks>
    /// With <c>If-Match</c>, only if nobody has changed them since. In force at once: members hear of it, native ones of a new topic. Settings belong to the channel's name,
    /// and outlive its closing: those of a closed channel are changed like those of an open one, and <c>kept</c> opens it. A name that is neither open nor has settings is 404:
    /// POST a channel of that name.
    /// </remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    private static async Task<IResult> UpdateAsync(string name, HttpContext context, ChannelKeeper keeper, ChatService chat)
    {
        var body = await JsonBody.ReadAsync(context, "topic", "readOnly", "native", "retentionDays", "kept");
        var change = Reader(body);
        var channel = await keeper.UpdateAsync(context.Actor(), ChannelSegment.Parse(name), settled =>
        {
            EntityTags.Check(context, settled.ToEtag());
            return change(settled);
        });
        return Results.Ok(await ChannelsApi.DescribeAsync(context, chat, channel));
    }

    /// <summary>Closes a channel and forgets its settings.</summary>
    /// <remarks>Its members are put out and told. Its name is free, its messages stay in the archive.</remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    private static async Task<NoContent> DeleteAsync(string name, HttpContext context, ChannelKeeper keeper)
    {
        await keeper.DeleteAsync(context.Actor(), ChannelSegment.Parse(name), settled => EntityTags.Check(context, settled.ToEtag()));
        return TypedResults.NoContent();
    }

    /// <summary>The change that a body asks for, all of which is good.</summary>
    private static Func<SettledChannel, SettledChannel> Reader(JsonBody body)
    {
        var topic = SettledChannel.CheckTopic(body.Text("topic"));
        var (readOnly, kept) = (body.Flag("readOnly") == true, body.Flag("kept") == true);
        var native = body.Object<NativePolicy>("native", "has edits, deletions and reactions, each silent or note; or it is null.");
        var days = (int?)body.Number("retentionDays", 1, SettledChannel.MaxDays);
        return settled => settled with
        {
            Topic = body.Has("topic") ? topic : settled.Topic,
            ReadOnly = body.Has("readOnly") ? readOnly : settled.ReadOnly,
            Native = body.Has("native") ? native : settled.Native,
            RetentionDays = body.Has("retentionDays") ? days : settled.RetentionDays,
            Kept = body.Has("kept") ? kept : settled.Kept,
        };
    }
}
