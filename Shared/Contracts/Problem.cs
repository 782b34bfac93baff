using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What every error over HTTP says, as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="Type">Where the error is explained: the entry of its code in docs/errors.md.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What happened and what helps, in one or two sentences.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>. Programs decide by this, never by the sentences.</param>
/// <param name="TraceId">The trace under which the server's log knows the request.</param>
/// <param name="Errors">What is wrong with which parameter; absent if it is about none.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null);
