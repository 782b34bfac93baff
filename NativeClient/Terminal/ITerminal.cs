namespace KaiChat.NativeClient.Terminal;

/// <summary>A screen and a keyboard.</summary>
internal interface ITerminal
{
    /// <summary>The width of the screen, in columns.</summary>
    int Width { get; }

    /// <summary>Whether the user wants colours.</summary>
    bool Colours { get; }

    /// <summary>Writes text with its escape sequences.</summary>
    void Write(string text);

    ValueTask<ConsoleKeyInfo> ReadKeyAsync(CancellationToken cancellation);
}
