using System.ComponentModel.DataAnnotations;
using System.Globalization;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Export;
using KaiChat.Server.Storage;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin.Archive;

/// <summary>The archive: every conversation there ever was, also closed ones: <c>/api/v1/conversations</c>.</summary>
internal static class ConversationsApi
{
    public static void MapConversationsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/conversations").WithTags("Conversations").RequireScope(Scopes.MessagesRead);
        api.MapGet("/", ListAsync).WithName("listConversations");
        var one = api.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("/", GetAsync).WithName("getConversation");
        one.MapGet("/messages", ListMessagesAsync).WithName("listConversationMessages");
        one.MapGet("/messages/{seq}/versions", ListVersionsAsync).WithName("listConversationMessageVersions");
        one.MapGet("/export", ExportAsync).WithName("exportConversation").ProducesExport();
    }

    /// <summary>Lists all conversations, closed ones too, in order of their numbers.</summary>
    /// <param name="after">Where the page begins: <c>next</c> of the page before, or the number of a conversation.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<ConversationInfo>> ListAsync(
        HttpContext context, IMessageLog log, [FromQuery, Range(typeof(long), "0", Paging.MaxNumber)] long? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        var found = await log.ReadConversationsAsync(after ?? 0, limit + 1, context.RequestAborted);
        var items = found.Take(limit).Select(ToContract).ToArray();
        return items.ToPage(context, nameof(after), found.Count > limit ? found[limit - 1].Id.Value : null);
    }

    /// <summary>Gets a conversation, open or closed.</summary>
    /// <param name="id">Its number.</param>
    private static async Task<ConversationInfo> GetAsync(string id, IMessageLog log, CancellationToken cancellation) => ToContract(await FindAsync(log, id, cancellation));

    /// <summary>Lists a conversation's messages by page: its newest, or those before or after a seq.</summary>
    /// <remarks>Each page is oldest first. Without <c>after</c>, the next page holds older messages; with it, newer ones.</remarks>
    /// <param name="id">The conversation's number.</param>
    /// <param name="before">Only messages with a lower seq: the newest of them.</param>
    /// <param name="after">Only messages with a higher seq: the oldest of them. Not together with <c>before</c>.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<Message>> ListMessagesAsync(
        string id,
        HttpContext context,
        IMessageLog log,
        [FromQuery, Range(typeof(long), "1", Paging.MaxNumber)] long? before,
        [FromQuery, Range(typeof(long), "0", Paging.MaxNumber)] long? after,
        [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit)
    {
        if (before is not null && after is not null) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "before and after exclude each other.");
        var conversation = await FindAsync(log, id, context.RequestAborted);
        if (after is { } seen)
        {
            var newer = await log.ReadAfterAsync(conversation.Id, seen, limit, context.RequestAborted);
            return newer.ToContract(conversation.Name).ToPage(context, nameof(after), newer is [.., var newest] && newest.Seq < conversation.LastSeq ? newest.Seq : null);
        }
        var older = await log.ReadBeforeAsync(conversation.Id, before ?? long.MaxValue, limit, context.RequestAborted);
        return older.ToContract(conversation.Name).ToPage(context, nameof(before), older is [var oldest, ..] && oldest.Seq > conversation.FirstSeq ? oldest.Seq : null);
    }

    /// <summary>Lists the texts that a message of a conversation has had, oldest first; the last is the present one.</summary>
    /// <remarks>All that are kept, the newest 50, on one page. None if the message was deleted.</remarks>
    /// <param name="id">The conversation's number.</param>
    /// <param name="seq">The message.</param>
    private static async Task<Page<MessageVersion>> ListVersionsAsync(
        string id, [Range(typeof(long), "1", Paging.MaxNumber)] long seq, HttpContext context, IMessageLog log)
    {
        var conversation = await FindAsync(log, id, context.RequestAborted);
        return await log.ReadVersionsPageAsync(conversation.Id, conversation.FirstSeq, seq, context.RequestAborted);
    }

    /// <summary>Downloads all messages of a conversation, open or closed.</summary>
    /// <remarks><c>jsonl</c> has one message a line, as the other operations show it; <c>html</c> is a page to read that needs nothing else.</remarks>
    /// <param name="id">The conversation's number.</param>
    /// <param name="format">How it is written. Default <c>jsonl</c>.</param>
    private static async Task<PushStreamHttpResult> ExportAsync(
        string id, HttpContext context, IMessageLog log, AuditTrail audit, TimeProvider clock, [FromQuery] Word<ExportFormat>? format)
    {
        var conversation = await FindAsync(log, id, context.RequestAborted);
        await audit.RecordAsync(context.Actor(), "conversation.export", conversation.Id.ToString(), before: null, new { channel = conversation.Name.Value });
        return ExportApi.Stream(conversation, format, log, clock, context.RequestAborted);
    }

    private static async Task<LoggedConversation> FindAsync(IMessageLog log, string id, CancellationToken cancellation) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await log.FindConversationAsync(new ConversationId(number), cancellation) is { } found
            ? found
            : throw new ChatRefusedException(ErrorCodes.NotFound, "There is no conversation of this number.");

    private static ConversationInfo ToContract(LoggedConversation conversation) => new(
        conversation.Id.ToString(), conversation.Name.Value, conversation.OpenedAt, conversation.ClosedAt, conversation.FirstSeq, conversation.LastSeq);
}
