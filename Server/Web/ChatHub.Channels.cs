using KaiChat.Server.Access;
using KaiChat.Server.Chat.Keeping;

namespace KaiChat.Server.Web;

/// <summary>What operators settle for channels from the chat.</summary>
internal sealed partial class ChatHub
{
    public async Task SetTopic(string channel, string topic)
    {
        var actor = ActorWith(Scopes.ChannelsWrite);
        var (name, line) = (Parse(channel), SettledChannel.CheckTopic(topic));
        await keeper.UpdateAsync(actor, name, settled => settled with { Topic = line });
    }
}
