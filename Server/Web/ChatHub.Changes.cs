using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What a page may do to messages that are there.</summary>
internal sealed partial class ChatHub
{
    public Task<Message> SendReply(string channel, string text, string clientMessageId, long replyTo) => throw new NotSupportedException();

    public Task<Message> Edit(string channel, long seq, string text) => throw new NotSupportedException();

    public Task<Message> Delete(string channel, long seq) => throw new NotSupportedException();

    public Task<Message> React(string channel, long seq, string emoji, bool on) => throw new NotSupportedException();

    public Task<IReadOnlyList<MessageVersion>> Versions(string channel, long seq) => throw new NotSupportedException();

    public Task<ChangesPage> Changes(string channel, long afterRev) => throw new NotSupportedException();

    public Task Typing(string channel) => throw new NotSupportedException();
}
