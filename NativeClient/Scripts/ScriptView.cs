using KaiChat.NativeClient.Conversation;

namespace KaiChat.NativeClient.Scripts;

/// <summary>A conversation for a pipe: messages on the output, one a line; what the server and this program say on the error stream.</summary>
internal sealed class ScriptView(TextWriter output, TextWriter error) : IChatView
{
    private readonly Lock _gate = new();

    public void Show(ChatEvent chatEvent)
    {
        lock (_gate)
        {
            switch (chatEvent)
            {
                case ChatLine line:
                    output.WriteLine($"[{SafeText.Of(line.Author)}]> {SafeText.Of(line.Text)}");
                    break;
                case ServerNotice notice:
                    error.WriteLine($"[SERVER]> {SafeText.Of(notice.Text)}");
                    break;
                case ClientStatus status:
                    error.WriteLine($"kaichat: {SafeText.Of(status.Text)}");
                    break;
            }
        }
    }
}
