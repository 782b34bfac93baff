using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Server.Web;

/// <summary>What operators settle for channels from the chat.</summary>
internal sealed partial class ChatHub
{
    public async Task SetTopic(string channel, string topic)
    {
        var (session, name) = (Session, Parse(channel));
        if (session.Operator is not { } key || !key.May(Scopes.ChannelsWrite))
        {
            throw new ChatRefusedException(ErrorCodes.ScopeMissing, $"Setting a topic needs a key with {Scopes.ChannelsWrite}. Nothing was changed.");
        }
        var line = SettledChannel.CheckTopic(topic);
        var address = Context.GetHttpContext()?.Connection.RemoteIpAddress;
        var actor = new Actor($"{key.Name} as {session.Name}", (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(), RequestId: null);
        await keeper.UpdateAsync(actor, name, settled => settled with { Topic = line });
    }
}
