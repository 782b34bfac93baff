using KaiChat.Server.Access;

namespace KaiChat.Server.Chat;

/// <summary>Operators among the users.</summary>
internal sealed partial class ChatService
{
    /// <summary>Makes a session an operator's, until it ends or the key does, and lets its channels see that.</summary>
    public Task SetOperatorAsync(ChatSession session, KeyHolder holder) => ChangeOperatorAsync(session, () =>
    {
        if (session.HasEnded) throw ChatRefusedException.SessionEnded();
        session.ShownKey = holder;
        return true;
    });

    /// <summary>Makes a session that showed this key one like the others again. False if it has ended, or has shown another one since.</summary>
    public Task<bool> DismissOperatorAsync(ChatSession session, KeyHolder holder) => ChangeOperatorAsync(session, () =>
    {
        if (session.HasEnded || session.ShownKey != holder) return false;
        session.ShownKey = null;
        return true;
    });

    private async Task<bool> ChangeOperatorAsync(ChatSession session, Func<bool> change)
    {
        await session.Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (!change()) return false;
            foreach (var channel in session.Channels.Values)
            {
                await presence.EnterAsync(channel.Id, session.AsMember(), CancellationToken.None);
                await bus.PublishAsync(new MemberChanged(channel.Id, session.AsMember()), CancellationToken.None);
            }
            return true;
        }
        finally
        {
            session.Gate.Release();
        }
    }
}
