using System.Diagnostics.CodeAnalysis;

namespace KaiChat.Shared.Names;

/// <summary>
/// The name of a public channel: <c>@</c> and 1 to 49 more printable ASCII characters without a space
/// (docs/protocols/kaichat.md, "Names"). Two channel names are equal if they differ in letter case only; <see cref="Value"/> keeps the
/// spelling, since a native client recognises its channel by the very bytes its user typed.
/// </summary>
public sealed class ChannelName : IEquatable<ChannelName>
{
    /// <summary>The longest channel name, in characters, with its <c>@</c>: the width of the column in a KaiChat prefix.</summary>
    public const int MaxLength = 50;

    private ChannelName(string value) => Value = value;

    /// <summary>The name as whoever asked for it spelt it, with its <c>@</c>.</summary>
    public string Value { get; }

    /// <summary>The name in the one letter case under which stores keep it.</summary>
    public string Key => Value.ToLowerInvariant();

    /// <summary>Reads a channel name.</summary>
    /// <param name="text">What the peer sent; null counts as empty.</param>
    /// <param name="channel">The name, if <paramref name="text"/> is one.</param>
    /// <param name="error">Otherwise, which rule it breaks.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ChannelName? channel, out NameError error)
    {
        channel = null;
        error = Check(text);
        if (error != NameError.None) return false;
        channel = new ChannelName(text!);
        return true;
    }

    private static NameError Check(string? text)
    {
        if (string.IsNullOrEmpty(text) || text == "@") return NameError.Missing;
        if (text[0] != '@') return NameError.MissingAt;
        if (text.Length > MaxLength) return NameError.TooLong;
        return text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? text.Contains(' ') ? NameError.ContainsSpace : NameError.NotPrintableAscii
            : NameError.None;
    }

    /// <inheritdoc/>
    public bool Equals(ChannelName? other) => other is not null && Value.Equals(other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChannelName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
