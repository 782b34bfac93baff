using KaiChat.Server.Access;

namespace KaiChat.Server.Chat;

/// <summary>Operators among the users.</summary>
internal sealed partial class ChatService
{
    /// <summary>Makes a session an operator's until it ends, or with null one like the others again, and lets its channels see that.</summary>
    public async Task SetOperatorAsync(ChatSession session, KeyHolder? holder)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (session.HasEnded && holder is null) return;
            if (session.HasEnded) throw ChatRefusedException.SessionEnded();
            session.Operator = holder;
            foreach (var channel in session.Channels.Values)
            {
                await presence.EnterAsync(channel.Id, session.AsMember(), CancellationToken.None);
                await bus.PublishAsync(new MemberChanged(channel.Id, session.AsMember()), CancellationToken.None);
            }
        }
        finally
        {
            session.Gate.Release();
        }
    }
}
