using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.TestKit;

/// <summary>Names and drafts for tests of what goes through the log.</summary>
internal static class Drafts
{
    /// <summary>A time in whole microseconds, which every store keeps exactly.</summary>
    public static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123_457);

    public static ChannelName Channel(string name) =>
        ChannelName.TryParse(name, out var channel, out var error) ? channel : throw new ArgumentException($"{name}: {error}", nameof(name));

    public static Author Author(string name, SessionId? session = null) => Username.TryParse(name, out var username, out var error)
        ? new Author(session ?? SessionId.New(), username)
        : throw new ArgumentException($"{name}: {error}", nameof(name));

    /// <summary>What is recorded of a change, when a test does not look at it.</summary>
    public static AuditEntry Record(string action = "test.do") => new(Noon, "ops", action, "x", Before: null, After: null, Address: null, RequestId: null);

    public static MessageDraft To(
        LoggedConversation conversation, string text, Author? author = null, string? clientMessageId = null, Origin origin = Origin.Web) =>
        To(conversation.Id, text, author, clientMessageId, origin);

    public static MessageDraft To(
        ConversationId conversation, string text, Author? author = null, string? clientMessageId = null, Origin origin = Origin.Web) =>
        new(conversation, author ?? Author("ada"), origin, Noon, text, clientMessageId);
}
