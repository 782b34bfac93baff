using System.IO.Pipelines;
using KaiChat.Server.Chat;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Makes sessions: what all of them share stands here once.</summary>
internal sealed class KaiSessionFactory(
    ChatService chat, KaiPduCache pdus, IOptions<KaiChatOptions> options, KaiMetrics metrics, TimeProvider clock, ILogger<KaiSession> logger)
{
    public KaiSession Create(KaiConnection connection, PipeWriter output) => new(connection, output, chat, pdus, options.Value, metrics, clock, logger);
}
