using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>A notice that waits for its time, as it is kept over restarts.</summary>
/// <param name="Id">Rises with every one, and is never given twice.</param>
/// <param name="Text">What is told, already checked.</param>
/// <param name="Channel">To those in this channel; null: to all.</param>
/// <param name="Kind">To users of this kind of client; null: to all.</param>
/// <param name="Dismissible">Whether users may put it away.</param>
/// <param name="SendAt">When, UTC.</param>
/// <param name="By">Who scheduled it, as in the audit log.</param>
/// <param name="CreatedAt">When that was, UTC.</param>
internal sealed record PlannedNotice(
    long Id, string Text, string? Channel, Origin? Kind, bool Dismissible, DateTimeOffset SendAt, string By, DateTimeOffset CreatedAt)
{
    /// <summary>What the audit log calls it by: to whom it goes.</summary>
    public string Target => Channel ?? "server";

    /// <summary>Where, as the core knows it; null: everywhere.</summary>
    public ChannelName? Place => ChannelName.TryParse(Channel, out var name, out _) ? name : null;

    /// <summary>As users are told it.</summary>
    public Notice ToNotice() => new(Channel, Text, Dismissible ? null : false);
}

/// <summary>All that wait, soonest first, and the number of the next one.</summary>
internal sealed record NoticePlan(long NextId, IReadOnlyList<PlannedNotice> Notices)
{
    public static NoticePlan Empty { get; } = new(1, []);

    public NoticePlan With(PlannedNotice notice) => new(notice.Id + 1, [.. Notices.Append(notice).OrderBy(one => one.SendAt).ThenBy(one => one.Id)]);

    public NoticePlan Without(long id) => this with { Notices = [.. Notices.Where(one => one.Id != id)] };
}
