using System.Text.Json;
using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>A key that an operator asks for.</summary>
/// <param name="Name">Its name: 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, beginning with a letter or digit. Names are never given twice, since the audit log shows them.</param>
/// <param name="Scopes">What it may do: scopes that the caller's own key has.</param>
/// <param name="ExpiresAt">From when on it is worth nothing; null or absent: never.</param>
public sealed record KeyRequest(string? Name, IReadOnlyList<string?>? Scopes, DateTimeOffset? ExpiresAt = null);

/// <summary>An operator's key, without its secret.</summary>
/// <param name="Id">Its id, opaque.</param>
/// <param name="Name">Its name.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="CreatedBy">Whose key made it.</param>
/// <param name="ExpiresAt">From when on it is worth nothing, UTC; null: never.</param>
/// <param name="LastUsedAt">When it was last used, to a minute, UTC; null: never.</param>
/// <param name="RevokedAt">Since when it is revoked, UTC; null: it is not.</param>
/// <param name="Secret">The key itself, in the answer to making it alone; nobody can ask for it again.</param>
public sealed record ApiKey(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt,
    DateTimeOffset? RevokedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null);

/// <summary>Something that a key may be allowed.</summary>
/// <param name="Name">As keys name it.</param>
/// <param name="Text">What it opens.</param>
public sealed record ScopeInfo(string Name, string Text);

/// <summary>A sign-in to the console.</summary>
/// <param name="Key">A key.</param>
public sealed record ConsoleSignInRequest(string? Key);

/// <summary>Who is signed in to the console.</summary>
/// <param name="Name">The key's name.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="AntiforgeryToken">What every request but GET and HEAD sends as <c>X-KaiChat-Antiforgery</c>.</param>
/// <param name="ExpiresAt">When the sign-in ends if it is not used, UTC.</param>
public sealed record ConsoleSession(string Name, IReadOnlyList<string> Scopes, string AntiforgeryToken, DateTimeOffset ExpiresAt);

/// <summary>A change that was made by an operator.</summary>
/// <param name="Id">Its id; rises with every change.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Actor">Who: the name of the key, and for changes from the chat the username with it, as in <c>ops as anna</c>.</param>
/// <param name="Action">What: <c>key.create</c>.</param>
/// <param name="Target">To what.</param>
/// <param name="Before">How it was; null if it was not there.</param>
/// <param name="After">How it is since; null if it is gone.</param>
/// <param name="Address">From where; null from the server itself.</param>
/// <param name="RequestId">The request's trace id, as in problem documents and the server's log; null without a request.</param>
public sealed record AuditItem(
    string Id, DateTimeOffset At, string Actor, string Action, string Target, JsonElement? Before, JsonElement? After, string? Address, string? RequestId);

/// <summary>A setting as it is in force.</summary>
/// <param name="Key">Its full key.</param>
/// <param name="Value">Its value; null if it has none, or if it is secret.</param>
/// <param name="Source">Where the value comes from.</param>
/// <param name="Restart">Whether a change of it waits for the next start.</param>
/// <param name="Secret">Whether it is a secret that is set, which is not shown.</param>
public sealed record Setting(string Key, string? Value, SettingSource Source, bool Restart, bool Secret);

/// <summary>Where a setting's value comes from.</summary>
[JsonConverter(typeof(WordConverter<SettingSource>))]
public enum SettingSource
{
    /// <summary>Nobody set it.</summary>
    [JsonStringEnumMemberName("default")]
    Default,

    /// <summary>The settings file.</summary>
    [JsonStringEnumMemberName("file")]
    File,

    /// <summary>An environment variable.</summary>
    [JsonStringEnumMemberName("environment")]
    Environment,

    /// <summary>The command line.</summary>
    [JsonStringEnumMemberName("commandLine")]
    CommandLine,
}
