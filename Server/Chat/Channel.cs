using KaiChat.Server.Chat.Keeping;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Chat;

/// <summary>An open channel on this node: one conversation and its live edge.</summary>
internal sealed class Channel(ConversationId id, ChannelName name, DateTimeOffset openedAt)
{
    private volatile SettledChannel _settings = SettledChannel.None(name);
    private volatile bool _isClosed;

    public ConversationId Id { get; } = id;

    /// <summary>The name as spelt by whoever opened it.</summary>
    public ChannelName Name { get; } = name;

    public DateTimeOffset OpenedAt { get; } = openedAt;

    public required ChannelFeed Feed { get; init; }

    /// <summary>What operators have settled for it. Replaced as a whole, by <see cref="ChannelDirectory"/> only.</summary>
    public SettledChannel Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>True from the moment an operator has closed it: who still holds it is in it no more.</summary>
    public bool IsClosed
    {
        get => _isClosed;
        set => _isClosed = value;
    }

    /// <summary>
    /// When an empty channel may be closed: set for channels found open in the log at the start, whose members may still come back, and for those that
    /// could not be closed because the log failed. A timestamp of the clock that never jumps: a machine whose time is set right a minute after its start must
    /// not close them all.
    /// </summary>
    public long? KeepUntil { get; set; }
}
