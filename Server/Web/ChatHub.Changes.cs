using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What a page may do to messages that are there.</summary>
internal sealed partial class ChatHub
{
    public Task<Message> SendReply(string channel, string text, string clientMessageId, long replyTo) => PostAsync(channel, text, clientMessageId, replyTo);

    public async Task<Message> Edit(string channel, long seq, string text)
    {
        var entered = Entered(channel);
        return (await chat.EditAsync(Session, entered.Name, seq, text)).ToContract(entered.Name);
    }

    public async Task<Message> Delete(string channel, long seq)
    {
        var entered = Entered(channel);
        return (await chat.DeleteAsync(Session, entered.Name, seq)).ToContract(entered.Name);
    }

    public async Task<Message> React(string channel, long seq, string emoji, bool on)
    {
        var entered = Entered(channel);
        return (await chat.ReactAsync(Session, entered.Name, seq, emoji, on)).ToContract(entered.Name);
    }

    public async Task<IReadOnlyList<MessageVersion>> Versions(string channel, long seq)
    {
        CountRead();
        var versions = await chat.ReadVersionsAsync(Session, Entered(channel).Name, seq, Context.ConnectionAborted);
        // The newest of them, as far as they fit into an answer.
        var (first, size) = (versions.Count, 0);
        while (first > 0 && (size += versions[first - 1].Text.Length) <= AnswerSize.Most) first--;
        return versions.Skip(first).ToContract();
    }

    public async Task<ChangesPage> Changes(string channel, long afterRev)
    {
        if (afterRev < 0) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "afterRev is a revision: 0 or more.");
        var entered = Entered(channel);
        CountRead();
        // Before they are read: what changes from here on comes as an event, too.
        var rev = entered.Feed.Rev;
        var changed = await chat.ReadChangesAsync(entered, afterRev, MaxPage + 1, Context.ConnectionAborted);
        var told = AnswerSize.First([.. changed.Take(MaxPage)], entered.Name);
        // A page that knows of more than there was holds another life of the channel.
        var gap = changed.Count > told.Count || afterRev > Math.Max(entered.Feed.Rev, changed.Count > 0 ? changed[^1].Rev : 0);
        var through = gap ? rev : Math.Max(rev, changed.Count > 0 ? changed[^1].Rev : afterRev);
        return new ChangesPage(entered.Name.Value, told, through, gap);
    }

    public Task Typing(string channel) => chat.TypingAsync(Session, Entered(channel).Name);
}
