using KaiChat.NativeClient.Connection;
using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Commands;

/// <summary>A command line that makes sense: where to connect, how, as whom.</summary>
/// <param name="Trust">Which certificates to trust; null: no TLS.</param>
/// <param name="Json">Print JSON lines.</param>
internal sealed record ConnectRequest(ServerAddress Server, CertificateTrust? Trust, KaiClientOptions Conversation, bool Json);
