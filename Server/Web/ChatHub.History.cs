using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What a page reads of a channel's history.</summary>
internal sealed partial class ChatHub
{
    public async Task<HistoryPage> History(string channel, long beforeSeq, int limit)
    {
        var entered = Entered(channel);
        CheckArguments(nameof(beforeSeq), beforeSeq, least: 1, limit, MaxPage);
        CountRead();
        var read = await chat.ReadBeforeAsync(entered, beforeSeq, limit, Context.ConnectionAborted);
        return PageOf(entered, AnswerSize.Newest(read, entered.Name));
    }

    public async Task<HistoryPage> HistoryAfter(string channel, long afterSeq, int limit)
    {
        var entered = Entered(channel);
        CheckArguments(nameof(afterSeq), afterSeq, least: 0, limit, MaxPage);
        CountRead();
        var read = await chat.ReadAfterAsync(entered, afterSeq, limit, Context.ConnectionAborted);
        return PageOf(entered, AnswerSize.First(read, entered.Name));
    }

    public async Task<HistoryPage> HistoryAround(string channel, long seq, int limit)
    {
        var entered = Entered(channel);
        CheckArguments(nameof(seq), seq, least: 1, limit, MaxPage);
        CountRead();
        var read = await chat.ReadAroundAsync(entered, seq, limit, Context.ConnectionAborted);
        // The message itself, or the one nearest to where it was or will be.
        var middle = Math.Min(read.Count(message => message.Seq < seq), Math.Max(0, read.Count - 1));
        return PageOf(entered, AnswerSize.Around(read, middle, entered.Name));
    }

    private static HistoryPage PageOf(Channel channel, IReadOnlyList<Message> messages) => new(
        channel.Name.Value,
        messages,
        HasEarlier: messages.Count > 0 && messages[0].Seq > channel.Feed.FirstSeq,
        HasLater: messages.Count > 0 && messages[^1].Seq < channel.Feed.LastSeq);

    /// <summary>A read may go to the disk, and its answer is large.</summary>
    /// <exception cref="ChatRefusedException">The user reads too often.</exception>
    private void CountRead()
    {
        var wait = Session.Reads.TryTake();
        if (wait == TimeSpan.Zero) return;
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        throw new ChatRefusedException(ErrorCodes.RateLimited, $"You are asking for messages too often. Go on in {seconds} s.", wait);
    }

    private static void CheckArguments(string name, long seq, long least, int limit, int most)
    {
        if (seq < least) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"{name} is a seq: {least} or more.");
        CheckLimit(limit, most);
    }
}
