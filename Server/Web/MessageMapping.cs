using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Web;

/// <summary>The core's values in the words of the hub and the REST API.</summary>
internal static class MessageMapping
{
    public static Message ToContract(this ChatMessage message, ChannelName channel) => new(
        channel.Value,
        message.Seq,
        message.Id,
        message.Author.Name.Value,
        message.Author.Session.ToString(),
        message.Origin,
        message.SentAt,
        message.Text,
        message.ClientMessageId,
        NativeViewOf(message),
        message.ReplyTo?.Seq,
        message.EditedAt,
        message.DeletedAt,
        message.DeletedBy,
        message.Reactions.Count == 0 ? null : [.. message.Reactions.Select(ToContract)],
        message.Rev == 0 ? null : message.Rev);

    public static IReadOnlyList<Message> ToContract(this IReadOnlyList<ChatMessage> messages, ChannelName channel)
    {
        var mapped = new Message[messages.Count];
        for (var i = 0; i < mapped.Length; i++) mapped[i] = messages[i].ToContract(channel);
        return mapped;
    }

    public static IReadOnlyList<MessageVersion> ToContract(this IEnumerable<TextVersion> versions) => [.. versions.Select(version => new MessageVersion(version.Text, version.At))];

    public static Member ToContract(this PresentMember member) =>
        new(member.Who.Session.ToString(), member.Who.Name.Value, member.Origin, member.Presence, member.Operator);

    /// <summary>How many of them there are of each kind.</summary>
    public static KindCounts CountKinds(this IReadOnlyList<PresentMember> members)
    {
        var native = members.Count(member => member.Origin == Origin.Native);
        return new KindCounts(members.Count, members.Count - native, native);
    }

    private static Reaction ToContract(this MessageReaction reaction) =>
        new(reaction.Emoji, reaction.Count, [.. reaction.By.Select(session => session.ToString())]);

    /// <summary>What v1 clients see of a message, one line a PDU; null if they see it as it is, or not at all.</summary>
    private static string? NativeViewOf(ChatMessage message)
    {
        var text = NativeText.Of(message.Text, message.ReplyTo?.Author.Value);
        var rendering = NativeText.Render(text);
        if (rendering.Replacements.Count == 0) return null;
        var seen = string.Join('\n', rendering.Lines);
        return seen == text ? null : seen;
    }
}
