using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>A work that takes longer than a request.</summary>
/// <param name="Id">Its identity, opaque.</param>
/// <param name="Kind">What it does: <c>backup</c>, <c>purge</c>.</param>
/// <param name="State">How far it is.</param>
/// <param name="Progress">The share that is done, 0 to 1.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended; null as long as it has not.</param>
/// <param name="Result">The path of what it made, or worked on; null as long as it has not succeeded.</param>
/// <param name="Error">Why it failed, in words; null if it has not.</param>
public sealed record Job(
    string Id, string Kind, JobState State, double Progress, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Result, string? Error);

/// <summary>How far a job is. The last three are for good.</summary>
[JsonConverter(typeof(WordConverter<JobState>))]
public enum JobState
{
    /// <summary>It has not begun.</summary>
    [JsonStringEnumMemberName("queued")]
    Queued,

    /// <summary>It is at work.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It is done.</summary>
    [JsonStringEnumMemberName("succeeded")]
    Succeeded,

    /// <summary>It could not be done. A backup left nothing; what a purge has removed is gone.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It was stopped, by an operator or with the server. A backup left nothing; what a purge has removed is gone.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,
}
