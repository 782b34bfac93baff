using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Web;

/// <summary>What operators may do from the chat.</summary>
internal sealed partial class ChatHub
{
    public Task<IReadOnlyList<string>> Operate(string key) => throw ToCome();

    public Task Kick(string channel, string username, string reason) => throw ToCome();

    public Task<Sanction> Impose(SanctionRequest request) => throw ToCome();

    public Task<IReadOnlyList<string>> PreviewSanction(SanctionRequest request) => throw ToCome();

    public Task<int> Lift(SanctionKind kind, string username, string? channel) => throw ToCome();

    private static ChatRefusedException ToCome() => new(ErrorCodes.NotFound, "This is to come.");
}
