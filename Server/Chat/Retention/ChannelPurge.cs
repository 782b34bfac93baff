using KaiChat.Server.Storage;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat.Retention;

/// <summary>Removes what an operator names of a channel, at once and for good: by age in all its lives, the archive too, or through a seq in the present one.</summary>
internal sealed class ChannelPurge(IMessageLog log, ILogRetention retention, MessageRemoval removal)
{
    private const int Page = 500;

    /// <summary>What messages of a channel that were sent before a time would go. Changes nothing.</summary>
    public async Task<PurgePlan> PlanAsync(ChannelName name, DateTimeOffset before, CancellationToken cancellation)
    {
        var pieces = new List<PurgePiece>();
        var after = 0L;
        while (await log.ReadConversationsAsync(after, Page, cancellation) is { Count: > 0 } page)
        {
            foreach (var conversation in page.Where(conversation => conversation.Name.Equals(name)))
            {
                var cut = await retention.FindCutAsync(conversation.Id, new RetentionLimits(before, Messages: null, Bytes: null), cancellation);
                if (cut >= conversation.FirstSeq) pieces.Add(new PurgePiece(conversation.Id, conversation.FirstSeq, cut));
            }
            after = page[^1].Id.Value;
        }
        return await DescribeAsync(pieces, cancellation);
    }

    /// <summary>What messages of an open channel through a seq would go. Changes nothing.</summary>
    public Task<PurgePlan> PlanAsync(Channel channel, long throughSeq, CancellationToken cancellation)
    {
        var (first, cut) = (channel.Feed.FirstSeq, Math.Min(throughSeq, channel.Feed.LastSeq));
        return DescribeAsync(cut >= first ? [new PurgePiece(channel.Id, first, cut)] : [], cancellation);
    }

    /// <summary>Removes them.</summary>
    /// <param name="plan">What.</param>
    /// <param name="report">Told how far it is, 0 to 1.</param>
    /// <param name="cancellation">Stops it; what is removed is removed.</param>
    /// <returns>How many are gone; fewer than planned if retention was quicker.</returns>
    public async Task<long> RunAsync(PurgePlan plan, Action<double> report, CancellationToken cancellation)
    {
        var gone = 0L;
        foreach (var piece in plan.Pieces)
        {
            await removal.RemoveAsync(piece.Conversation, piece.Through, removed => report(Math.Min(1, (double)(gone += removed) / plan.Messages)), cancellation);
        }
        await removal.FinishAsync(returnSpace: gone > 0, cancellation);
        return gone;
    }

    private async Task<PurgePlan> DescribeAsync(IReadOnlyList<PurgePiece> pieces, CancellationToken cancellation)
    {
        DateTimeOffset? from = null, until = null;
        foreach (var (conversation, first, through) in pieces)
        {
            if (await log.ReadAfterAsync(conversation, first - 1, 1, cancellation) is [var oldest] && (from is null || oldest.SentAt < from)) from = oldest.SentAt;
            if (await log.ReadBeforeAsync(conversation, through + 1, 1, cancellation) is [var newest] && (until is null || newest.SentAt > until)) until = newest.SentAt;
        }
        return new PurgePlan(pieces, pieces.Sum(piece => piece.Through - piece.First + 1), from, until);
    }
}

/// <summary>What is to go.</summary>
/// <param name="Pieces">The conversations, and how far in each.</param>
/// <param name="Messages">How many messages; seqs have no gaps, so that they can be reckoned.</param>
/// <param name="From">When the oldest of them was sent, UTC; null if there is none.</param>
/// <param name="Until">When the newest of them was.</param>
internal sealed record PurgePlan(IReadOnlyList<PurgePiece> Pieces, long Messages, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>Messages of a conversation from its first one through a seq.</summary>
internal sealed record PurgePiece(ConversationId Conversation, long First, long Through);
