using System.Net;
using KaiChat.Server.Access;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What operators may do from the chat.</summary>
internal sealed partial class ChatHub
{
    private IPAddress? Address => Client.RemoteEndPoint?.Address;

    public async Task<IReadOnlyList<string>> Operate(string key)
    {
        var holder = await operators.EnterAsync(Session, key, Address, Context.ConnectionAborted);
        return holder.Scopes;
    }

    public Task Kick(string channel, string username, string reason)
    {
        var actor = ActorWith(Scopes.ModerationWrite);
        return moderation.KickAsync(Parse(channel), SanctionOrder.ReadUsername(username), SanctionOrder.ReadReason(reason), until: null, actor);
    }

    public async Task<Sanction> Impose(SanctionRequest request)
    {
        var actor = ActorWith(Scopes.ModerationWrite);
        return (await moderation.ImposeAsync(Read(request), actor)).ToContract();
    }

    public Task<IReadOnlyList<string>> PreviewSanction(SanctionRequest request)
    {
        _ = ActorWith(Scopes.ModerationWrite);
        return Task.FromResult<IReadOnlyList<string>>([.. moderation.Preview(Read(request)).Select(session => session.Name.Value)]);
    }

    public Task<int> Lift(SanctionKind kind, string username, string? channel)
    {
        var actor = ActorWith(Scopes.ModerationWrite);
        return moderation.LiftAsync(kind, SanctionOrder.ReadUsername(username), SanctionOrder.ReadChannel(channel), actor);
    }

    public Task<IReadOnlyList<RemovalReason>> RemovalReasons(string channel, IReadOnlyList<long> seqs)
    {
        _ = ActorWith(Scopes.ModerationWrite);
        if (seqs is not { Count: <= MaxPage }) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"seqs is a list of at most {MaxPage} messages.");
        return keeper.ReadRemovalReasonsAsync(Entered(channel), seqs, Context.ConnectionAborted);
    }

    /// <summary>Who acts, as the audit log has it.</summary>
    /// <exception cref="ChatRefusedException">The caller has shown no key with that scope.</exception>
    private Actor ActorWith(string scope) => Operators.ActorOf(ModerationWords.Require(Session, scope), Session, Address);

    private SanctionOrder Read(SanctionRequest? request)
    {
        if (request is null || !Enum.IsDefined(request.Kind)) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "kind is ban or mute. Nothing was done.");
        var order = SanctionOrder.Read(request.Kind, request.Username ?? "", network: null, request.Channel, request.Reason, until: null, request.Minutes, clock.GetUtcNow());
        return request.ByAddress ? order with { Network = moderation.AddressOf(order.Name!) } : order;
    }
}
