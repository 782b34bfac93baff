using KaiChat.Shared.Names;

namespace KaiChat.Shared.KaiChat;

/// <summary>The rules that a PDU can break, each with the section of docs/protocols/kaichat.md that states it.</summary>
public static class KaiRules
{
    /// <summary>Its first PDU is a PING, whose word settles the byte order.</summary>
    public static KaiViolation FirstIsPing { get; } = new("first-is-ping", "Byte order", "The first PDU is not a PING in either byte order.");

    /// <summary>All words of a connection have the byte order of its first PDU.</summary>
    public static KaiViolation ByteOrder { get; } = new("byte-order", "Byte order", "The word is a command only in the byte order that the first PDU did not have.");

    /// <summary>The word is one of the commands.</summary>
    public static KaiViolation UnknownCommand { get; } = new("unknown-command", "Commands", "The word is no command.");

    /// <summary>Each command is one side's, but for two.</summary>
    public static KaiViolation OtherSide { get; } = new("other-side", "Commands", "The command is the other side's.");

    /// <summary>The version is one that is offered.</summary>
    public static KaiViolation Version { get; } = new("version", "The version number", "The bytes are no version, in none of the layouts.");

    /// <summary>A text has a closing NUL.</summary>
    public static KaiViolation ClosingNul { get; } = new("closing-nul", "The PDU", "The text has no closing NUL.");

    /// <summary>The state allows the command.</summary>
    public static KaiViolation State(string state) => new("state", "The conversation", $"The state {state} does not allow the command: it is ignored.");

    /// <summary>All rules there are, for the documentation.</summary>
    public static IReadOnlyList<KaiViolation> All { get; } =
        [FirstIsPing, ByteOrder, UnknownCommand, OtherSide, Version, ClosingNul, State("idle"), Username(NameError.Missing), Channel(NameError.Missing)];

    internal static KaiViolation Username(NameError error) => new("username", "Names", error.DescribeUsername());

    internal static KaiViolation Channel(NameError error) => new("channel", "Names", error.DescribeChannel());
}
