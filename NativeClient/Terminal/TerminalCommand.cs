namespace KaiChat.NativeClient.Terminal;

/// <summary>What a line typed at the terminal asks for: the author's client's commands, and two more.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Argument">Of a message its text, of a join the channel as typed, of an unknown command its name.</param>
internal readonly record struct TerminalCommand(TerminalCommandKind Kind, string Argument = "")
{
    /// <summary>A line that begins with <c>!</c> is a command; with <c>!!</c>, a message that begins with one <c>!</c>.</summary>
    public static TerminalCommand Parse(string line)
    {
        if (string.IsNullOrWhiteSpace(line)) return new(TerminalCommandKind.Nothing);
        if (line[0] != '!') return new(TerminalCommandKind.Say, line);
        if (line.StartsWith("!!", StringComparison.Ordinal)) return new(TerminalCommandKind.Say, line[1..]);

        var words = line.Split(' ', 2, StringSplitOptions.TrimEntries);
        var argument = words.Length > 1 ? words[1] : "";
        return words[0].ToUpperInvariant() switch
        {
            "!JOIN" => new(TerminalCommandKind.Join, argument),
            "!LEAVE" => new(TerminalCommandKind.Leave),
            "!QUIT" => new(TerminalCommandKind.Quit),
            "!HELP" => new(TerminalCommandKind.Help),
            _ => new(TerminalCommandKind.Unknown, words[0]),
        };
    }
}

/// <summary>The kinds of a <see cref="TerminalCommand"/>.</summary>
internal enum TerminalCommandKind
{
    Nothing,
    Say,
    Join,
    Leave,
    Quit,
    Help,
    Unknown,
}
