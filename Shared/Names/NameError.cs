namespace KaiChat.Shared.Names;

/// <summary>Which rule a would-be <see cref="Username"/> or <see cref="ChannelName"/> breaks.</summary>
public enum NameError
{
    /// <summary>None: it is a name.</summary>
    None,

    /// <summary>Nothing there, or nothing behind the <c>@</c>.</summary>
    Missing,

    /// <summary>More characters than the protocol's column holds.</summary>
    TooLong,

    /// <summary>A character outside printable ASCII.</summary>
    NotPrintableAscii,

    /// <summary>A username with a space at its beginning or end.</summary>
    SpaceAtEnd,

    /// <summary>A username that starts with <c>@</c>, like a channel.</summary>
    StartsWithAt,

    /// <summary>The username <c>SERVER</c>, in any letter case.</summary>
    Reserved,

    /// <summary>A channel name without its <c>@</c>.</summary>
    MissingAt,

    /// <summary>A channel name with a space in it.</summary>
    ContainsSpace,
}
