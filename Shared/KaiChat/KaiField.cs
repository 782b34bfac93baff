namespace KaiChat.Shared.KaiChat;

/// <summary>A field of a PDU, as its bytes have it.</summary>
/// <param name="Name">Its name in the protocol's own terms, such as <c>username</c>.</param>
/// <param name="Offset">Where its content begins, in bytes from the PDU's beginning.</param>
/// <param name="Length">The content's length in bytes, up to its NUL; 0 if it is empty.</param>
/// <param name="Value">What the bytes mean; of a hidden text, how long it is.</param>
public sealed record KaiField(string Name, int Offset, int Length, string Value);

/// <summary>A run of bytes of one kind. The parts of a PDU follow each other without a gap and are <see cref="KaiPdu.Length"/> bytes together.</summary>
/// <param name="Kind">What the bytes are.</param>
/// <param name="Offset">Where it begins, in bytes from the PDU's beginning.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Field">The field they are the content of; null for all that is none's.</param>
public sealed record KaiPart(KaiPartKind Kind, int Offset, int Length, string? Field);

/// <summary>What the bytes of a part are.</summary>
public enum KaiPartKind
{
    /// <summary>The content of a field.</summary>
    Content,

    /// <summary>Zeros that are no field's content.</summary>
    Zeros,

    /// <summary>What stands behind a NUL or where no field is, and is never looked at: the author's client leaves there what its buffer held before.</summary>
    Garbage,

    /// <summary>The content of a text that is not to be seen.</summary>
    Hidden,
}

/// <summary>A rule of the protocol that a PDU breaks.</summary>
/// <param name="Rule">Its name, such as <c>unknown-command</c>.</param>
/// <param name="Section">The section of docs/protocols/kaichat.md that states it.</param>
/// <param name="Sentence">What is wrong.</param>
public sealed record KaiViolation(string Rule, string Section, string Sentence);

/// <summary>One PDU taken apart.</summary>
/// <param name="Command">The command word, unknown ones too; null if it cannot be read.</param>
/// <param name="Fields">Its fields in order of their offsets; those that mean something in this command.</param>
/// <param name="Parts">All of its bytes, by kind.</param>
/// <param name="Violated">The first rule that it breaks by itself; null if it breaks none. Whether the state allows the command is not looked at here.</param>
public sealed record KaiDissection(KaiCommand? Command, IReadOnlyList<KaiField> Fields, IReadOnlyList<KaiPart> Parts, KaiViolation? Violated);
