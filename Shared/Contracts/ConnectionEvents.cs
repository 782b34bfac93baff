namespace KaiChat.Shared.Contracts;

/// <summary>Event <c>connection.closed</c>: a connection ended.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Kind">The kind of client.</param>
/// <param name="Reason">Why, as in the log and the metrics: docs/operations.md has all of them.</param>
public sealed record ConnectionClosed(string Id, Origin Kind, string Reason);

/// <summary>Event <c>audit</c>: an operator changed something.</summary>
/// <param name="Id">The record's id in the audit log, where the change itself is.</param>
public sealed record AuditRecorded(string Id);

/// <summary>Event <c>inspection.ended</c>: nothing comes after it.</summary>
/// <param name="EndedBy">Why the inspection ended.</param>
public sealed record InspectionEnded(InspectionEnd EndedBy);
