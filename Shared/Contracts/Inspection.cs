using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What is asked of an inspection.</summary>
/// <param name="Reveal">Whether texts of messages are shown; needs a reason and the scope <c>messages:read</c>. Default false: their length is shown.</param>
/// <param name="Reason">Why, 1 to 200 characters; in the audit log with everything else about the inspection.</param>
public sealed record InspectionRequest(bool Reveal = false, string? Reason = null);

/// <summary>An operator's look at what a native connection and the server say to each other, PDU by PDU.</summary>
/// <param name="Id">Its identity, opaque.</param>
/// <param name="ConnectionId">The connection.</param>
/// <param name="Revealed">Whether texts of messages are shown.</param>
/// <param name="Reason">Why it was made; null if nobody said.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="EndsAt">When it ends at the latest, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null as long as it has not. What it has recorded is kept for ten minutes more.</param>
/// <param name="EndedBy">Why it ended; null as long as it has not.</param>
/// <param name="Pdus">How many PDUs it has seen; the newest 1,000 are kept.</param>
public sealed record Inspection(
    string Id, string ConnectionId, bool Revealed, string? Reason, DateTimeOffset StartedAt, DateTimeOffset EndsAt, DateTimeOffset? EndedAt, InspectionEnd? EndedBy, long Pdus);

/// <summary>Why an inspection ended.</summary>
[JsonConverter(typeof(WordConverter<InspectionEnd>))]
public enum InspectionEnd
{
    /// <summary>An operator ended it.</summary>
    [JsonStringEnumMemberName("operator")]
    Operator,

    /// <summary>Its ten minutes were over.</summary>
    [JsonStringEnumMemberName("timeLimit")]
    TimeLimit,

    /// <summary>The connection ended.</summary>
    [JsonStringEnumMemberName("connectionEnded")]
    ConnectionEnded,

    /// <summary>The server stops.</summary>
    [JsonStringEnumMemberName("serverStops")]
    ServerStops,
}

/// <summary>One PDU of an inspected connection.</summary>
/// <param name="N">Its number in the inspection, from 1.</param>
/// <param name="At">When it was read or written, UTC.</param>
/// <param name="Direction">Whether the client or the server sent it.</param>
/// <param name="State">The connection's state when it came, or when it was written.</param>
/// <param name="Command">The command as the protocol names it, like <c>PING_PONG</c>; of an unknown one its number; null if the word cannot be read.</param>
/// <param name="Hex">Its bytes for people: content in hexadecimal, runs of everything else in brackets with their length, as in <c>616e6e61 [6 zeros]</c>.</param>
/// <param name="Parts">The same for programs: every byte belongs to one part.</param>
/// <param name="Fields">Its fields, in order of their offsets.</param>
/// <param name="Violated">The first rule of the protocol that it breaks; null if none.</param>
public sealed record InspectedPdu(
    long N,
    DateTimeOffset At,
    PduDirection Direction,
    string State,
    string? Command,
    string Hex,
    IReadOnlyList<InspectedPart> Parts,
    IReadOnlyList<InspectedField> Fields,
    ViolatedRule? Violated);

/// <summary>Which way a PDU went.</summary>
[JsonConverter(typeof(WordConverter<PduDirection>))]
public enum PduDirection
{
    /// <summary>From the client.</summary>
    [JsonStringEnumMemberName("in")]
    In,

    /// <summary>To the client.</summary>
    [JsonStringEnumMemberName("out")]
    Out,
}

/// <summary>A field of a PDU.</summary>
/// <param name="Name">Its name in the protocol's terms.</param>
/// <param name="Offset">Where its content begins, in bytes from the PDU's beginning.</param>
/// <param name="Length">The content's length in bytes; 0 if it is empty.</param>
/// <param name="Value">What the bytes mean; of a hidden text, how long it is.</param>
public sealed record InspectedField(string Name, int Offset, int Length, string Value);

/// <summary>A run of bytes of one kind.</summary>
/// <param name="Kind">What the bytes are.</param>
/// <param name="Offset">Where it begins, in bytes from the PDU's beginning.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Field">The field they are the content of; null for all that is none's.</param>
/// <param name="Hex">The bytes of a field in hexadecimal; null for everything else, which is not shown.</param>
public sealed record InspectedPart(InspectedPartKind Kind, int Offset, int Length, string? Field, string? Hex);

/// <summary>What bytes of a PDU are.</summary>
[JsonConverter(typeof(WordConverter<InspectedPartKind>))]
public enum InspectedPartKind
{
    /// <summary>A field's content.</summary>
    [JsonStringEnumMemberName("content")]
    Content,

    /// <summary>Zeros that are no field's content.</summary>
    [JsonStringEnumMemberName("zeros")]
    Zeros,

    /// <summary>What stands behind a NUL, or where no field is, and is never looked at.</summary>
    [JsonStringEnumMemberName("garbage")]
    Garbage,

    /// <summary>A text that is not shown.</summary>
    [JsonStringEnumMemberName("hidden")]
    Hidden,
}

/// <summary>A rule of the protocol that a PDU breaks.</summary>
/// <param name="Rule">Its name, like <c>unknown-command</c>.</param>
/// <param name="Section">The section of docs/protocols/kaichat.md that states it.</param>
/// <param name="Sentence">What is wrong.</param>
public sealed record ViolatedRule(string Rule, string Section, string Sentence);
