using System.Diagnostics.CodeAnalysis;

namespace KaiChat.Shared.Names;

/// <summary>
/// The name a user signed in with: 1 to 10 printable ASCII characters, no space at either end, not starting with <c>@</c>,
/// never <c>SERVER</c> in any letter case (docs/protocols/kaichat.md, "Names"). Two usernames are equal if they differ in letter case only;
/// <see cref="Value"/> keeps the spelling its owner chose.
/// </summary>
public sealed class Username : IEquatable<Username>
{
    /// <summary>The longest username, in characters: the width of the column in a KaiChat prefix.</summary>
    public const int MaxLength = 10;

    /// <summary>The name the server itself speaks under, reserved in every letter case.</summary>
    public const string Reserved = "SERVER";

    private Username(string value) => Value = value;

    /// <summary>The name as its owner spelt it.</summary>
    public string Value { get; }

    /// <summary>Reads a username.</summary>
    /// <param name="text">What the peer sent; null counts as empty.</param>
    /// <param name="username">The name, if <paramref name="text"/> is one.</param>
    /// <param name="error">Otherwise, which rule it breaks.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Username? username, out NameError error)
    {
        username = null;
        error = Check(text);
        if (error != NameError.None) return false;
        username = new Username(text!);
        return true;
    }

    private static NameError Check(string? text)
    {
        if (string.IsNullOrEmpty(text)) return NameError.Missing;
        if (text.Length > MaxLength) return NameError.TooLong;
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return NameError.NotPrintableAscii;
        if (text[0] == ' ' || text[^1] == ' ') return NameError.SpaceAtEnd;
        if (text[0] == '@') return NameError.StartsWithAt;
        return text.Equals(Reserved, StringComparison.OrdinalIgnoreCase) ? NameError.Reserved : NameError.None;
    }

    /// <inheritdoc/>
    public bool Equals(Username? other) => other is not null && Value.Equals(other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Username);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
