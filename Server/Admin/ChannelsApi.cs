using System.ComponentModel.DataAnnotations;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Archive;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Export;
using KaiChat.Server.Storage;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin;

/// <summary>Channels, their members and messages: <c>/api/v1/channels</c>.</summary>
internal static class ChannelsApi
{
    public static void MapChannelsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/channels").WithTags("Channels");
        api.MapGet("/", ListAsync).WithName("listChannels").RequireScope(Scopes.ChannelsRead);
        var one = api.MapGroup("/{name}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/", GetAsync).WithName("getChannel").RequireScope(Scopes.ChannelsRead);
        one.MapGet("/members", ListMembersAsync).WithName("listChannelMembers").RequireScope(Scopes.ChannelsRead);
        one.MapGet("/messages", ListMessagesAsync).WithName("listChannelMessages").RequireScope(Scopes.MessagesRead);
        one.MapGet("/messages/{seq}/versions", ListVersionsAsync).WithName("listMessageVersions").RequireScope(Scopes.MessagesRead);
        one.MapGet("/export", ExportAsync).WithName("exportChannel").RequireScope(Scopes.MessagesRead).ProducesExport();
        api.MapChannelSettingsApi();
        one.MapChannelRemovalApi();
    }

    /// <summary>Lists the channels, in order of name.</summary>
    /// <remarks>
    /// The open ones, if nothing else is asked for. A closed one is there as long as something is settled for its name: without <c>incarnation</c>, <c>openedAt</c> and members.
    /// </remarks>
    /// <param name="state">Whether those that are open, closed, or all. Default <c>open</c>.</param>
    /// <param name="name">Only the channel of this name, with or without its <c>@</c>: nothing, if there is none.</param>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<ChannelInfo>> ListAsync(
        HttpContext context,
        ChatService chat,
        ChannelKeeper keeper,
        [FromQuery] Word<ChannelState>? state,
        [FromQuery] string? name,
        [FromQuery] string? after,
        [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        var listed = keeper.List(state?.Value ?? ChannelState.Open);
        if (name is not null)
        {
            var only = ChannelSegment.Parse(name);
            listed = listed.Where(channel => channel.Settled.Name.Equals(only));
        }
        var page = listed.ToPage(context, channel => channel.Settled.Name.Key, after, limit, channel => channel);
        var items = new List<ChannelInfo>(page.Items.Count);
        foreach (var (open, settled) in page.Items)
        {
            items.Add(open is null ? settled.ToListed() : open.ToContract(await chat.MembersAsync(open, context.RequestAborted)));
        }
        return new Page<ChannelInfo>(items, page.Next);
    }

    /// <summary>Gets a channel with its settings and members.</summary>
    /// <remarks>
    /// One that is closed is there as long as its name has settings: without <c>incarnation</c>, <c>openedAt</c> and members. The <c>ETag</c> is that of the settings: send it as
    /// <c>If-Match</c> when changing them.
    /// </remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    private static Task<ChannelDetails> GetAsync(string name, HttpContext context, ChatService chat, ChannelKeeper keeper) =>
        DescribeAsync(context, chat, keeper.Find(ChannelSegment.Parse(name)));

    /// <summary>A channel with its settings, their entity tag in the answer's header, and its first members.</summary>
    public static async Task<ChannelDetails> DescribeAsync(HttpContext context, ChatService chat, (Channel? Open, SettledChannel Settled) channel)
    {
        var details = channel.Settled.ToDetails();
        if (channel.Open is { } open)
        {
            var members = await chat.MembersAsync(open, context.RequestAborted);
            details = open.ToDetails(members, [.. members.OrderBy(NameOf, StringComparer.Ordinal).Take(Paging.MaxLimit).Select(member => member.ToContract())]);
        }
        EntityTags.Set(context, details.Etag);
        return details;
    }

    /// <summary>Lists a channel's members, in order of username.</summary>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<Member>> ListMembersAsync(
        string name, HttpContext context, ChatService chat, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        var members = await chat.MembersAsync(ChannelSegment.Find(chat, name), context.RequestAborted);
        return members.ToPage(context, NameOf, after, limit, MessageMapping.ToContract);
    }

    /// <summary>Lists a channel's messages by page: its newest, or those before or after a seq.</summary>
    /// <remarks>
    /// Each page is oldest first. Without <c>after</c>, the next page holds older messages; with it, newer ones, and <c>next</c> is null at the newest: ask again
    /// with the last seq you have.
    /// </remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    /// <param name="before">Only messages with a lower seq: the newest of them.</param>
    /// <param name="after">Only messages with a higher seq: the oldest of them. Not together with <c>before</c>.</param>
    /// <param name="around">Messages with this seq in their middle. Not together with <c>before</c> or <c>after</c>; the next page holds older ones.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<Message>> ListMessagesAsync(
        string name,
        HttpContext context,
        ChatService chat,
        [FromQuery, Range(typeof(long), "1", Paging.MaxNumber)] long? before,
        [FromQuery, Range(typeof(long), "0", Paging.MaxNumber)] long? after,
        [FromQuery, Range(typeof(long), "1", Paging.MaxNumber)] long? around,
        [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        if (before is not null && after is not null) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "before and after exclude each other.");
        if (around is not null && (before ?? after) is not null) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "around excludes before and after.");
        var channel = ChannelSegment.Find(chat, name);
        if (after is { } seen)
        {
            var newer = await chat.ReadAfterAsync(channel, seen, limit, context.RequestAborted);
            return newer.ToContract(channel.Name).ToPage(context, nameof(after), newer is [.., var newest] && newest.Seq < channel.Feed.LastSeq ? newest.Seq : null);
        }
        var older = around is { } middle
            ? await chat.ReadAroundAsync(channel, middle, limit, context.RequestAborted)
            : await chat.ReadBeforeAsync(channel, before ?? long.MaxValue, limit, context.RequestAborted);
        return older.ToContract(channel.Name).ToPage(context, nameof(before), older is [var oldest, ..] && oldest.Seq > channel.Feed.FirstSeq ? oldest.Seq : null);
    }

    /// <summary>Lists the texts that a message of an open channel has had, oldest first; the last is the present one.</summary>
    /// <remarks>All that are kept, the newest 50, on one page. None if the message was deleted.</remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    /// <param name="seq">The message.</param>
    private static Task<Page<MessageVersion>> ListVersionsAsync(
        string name, [Range(typeof(long), "1", Paging.MaxNumber)] long seq, HttpContext context, ChatService chat, IMessageLog log)
    {
        var channel = ChannelSegment.Find(chat, name);
        return log.ReadVersionsPageAsync(channel.Id, channel.Feed.FirstSeq, seq, context.RequestAborted);
    }

    /// <summary>Downloads all messages of an open channel.</summary>
    /// <remarks><c>jsonl</c> has one message a line, as the other operations show it; <c>html</c> is a page to read that needs nothing else.</remarks>
    /// <param name="name">The channel's name, with or without its <c>@</c>.</param>
    /// <param name="format">How it is written. Default <c>jsonl</c>.</param>
    private static async Task<PushStreamHttpResult> ExportAsync(
        string name, HttpContext context, ChatService chat, IMessageLog log, AuditTrail audit, TimeProvider clock, [FromQuery] Word<ExportFormat>? format)
    {
        var channel = ChannelSegment.Find(chat, name);
        var conversation = new LoggedConversation(channel.Id, channel.Name, channel.OpenedAt, ClosedAt: null, FirstSeq: 1, channel.Feed.LastSeq);
        await audit.RecordAsync(context.Actor(), "channel.export", channel.Name.Value, before: null, new { conversation = channel.Id.ToString() });
        return ExportApi.Stream(conversation, format, log, clock, context.RequestAborted);
    }

    /// <summary>Unique in a channel, and constant as long as its session.</summary>
    private static string NameOf(PresentMember member) => member.Who.Name.Value.ToLowerInvariant();
}
