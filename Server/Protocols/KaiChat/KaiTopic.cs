using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>What one client has heard of its channel's topic: version 1 has no word for it, so it is a notice. Of changes between two polls the last is told.</summary>
internal sealed class KaiTopic(Channel channel)
{
    private const string Beginning = "Topic: ";

    private SettledChannel? _seen;
    private string _told = "";

    /// <summary>The notice of a topic that the client has not heard; null if there is none, or it was taken away.</summary>
    public string? Take()
    {
        var settings = channel.Settings;
        if (ReferenceEquals(settings, _seen)) return null;
        _seen = settings;
        if (settings.Topic == _told) return null;
        _told = settings.Topic;
        // One PDU, however long its characters are in ASCII.
        return NativeText.Render(_told).Lines is [var line, ..] ? Beginning + line[..Math.Min(line.Length, KaiPdu.MaxTextLength - Beginning.Length)] : null;
    }
}
