namespace KaiChat.Server.Access;

/// <summary>Whoever has shown a good key.</summary>
/// <param name="Name">The key's name, as the audit log shows it.</param>
/// <param name="Granted">What it may do: some of <see cref="Scopes"/>.</param>
internal sealed record KeyHolder(string Name, IReadOnlySet<string> Granted)
{
    /// <summary>The name of the key in <c>data/admin.key</c>, or of the configured one.</summary>
    public const string Administrator = "admin";

    /// <summary>What <see cref="KeyRing.RecallAsync"/> knows the key by, without being the key; empty for one that is not of the ring.</summary>
    public string Ticket { get; init; } = "";

    /// <summary>What it may do, in order.</summary>
    public IReadOnlyList<string> Scopes => [.. Granted.Order(StringComparer.Ordinal)];

    /// <summary>From when on the key is worth nothing, UTC; null: it has no end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether it may do that. A scope to write includes the one to read.</summary>
    public bool May(string scope) =>
        Granted.Contains(scope) || (scope.EndsWith(":read", StringComparison.Ordinal) && Granted.Contains(string.Concat(scope.AsSpan(0, scope.Length - "read".Length), "write")));
}
