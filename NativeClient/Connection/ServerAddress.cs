namespace KaiChat.NativeClient.Connection;

/// <summary>Where a server listens.</summary>
/// <param name="Host">A name or an address.</param>
/// <param name="Port">The TCP port.</param>
internal sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The protocol's port.</summary>
    public const int DefaultPort = 29200;

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
