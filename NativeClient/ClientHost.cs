using KaiChat.NativeClient.Terminal;

namespace KaiChat.NativeClient;

/// <summary>What the program runs on; tests bring their own.</summary>
/// <param name="Input">A script's lines.</param>
/// <param name="Output">Messages, or help.</param>
/// <param name="Error">Everything that is not output.</param>
/// <param name="OpenTerminal">Yields the terminal, or null if input or output is redirected: then the input is a script.</param>
/// <param name="Clock">The time.</param>
internal sealed record ClientHost(TextReader Input, TextWriter Output, TextWriter Error, Func<ITerminal?> OpenTerminal, TimeProvider Clock);
