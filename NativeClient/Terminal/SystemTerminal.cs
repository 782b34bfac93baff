using System.Threading.Channels;

namespace KaiChat.NativeClient.Terminal;

/// <summary>The terminal this process runs in.</summary>
internal sealed class SystemTerminal : ITerminal
{
    private const int UsualWidth = 80;

    /// <summary>Keys wait here while a command is carried out; a pasted text fills it, and then the reading thread waits.</summary>
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateBounded<ConsoleKeyInfo>(4096);

    private SystemTerminal() => new Thread(ReadKeys) { IsBackground = true, Name = "keyboard" }.Start();

    public int Width => Console.WindowWidth > 0 ? Console.WindowWidth : UsualWidth;

    /// <summary>See no-color.org: any value that is not empty means no.</summary>
    public bool Colours { get; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>The terminal, if there is one: input and output are not redirected and it understands escape sequences.</summary>
    public static SystemTerminal? Open() =>
        Console.IsInputRedirected || Console.IsOutputRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb" ? null : new SystemTerminal();

    public void Write(string text) => Console.Out.Write(text);

    public ValueTask<ConsoleKeyInfo> ReadKeyAsync(CancellationToken cancellation) => _keys.Reader.ReadAsync(cancellation);

    /// <summary>Console.ReadKey blocks and cannot be taken back: it has a thread of its own, which ends with the process.</summary>
    private void ReadKeys()
    {
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            // Whether there is room is asked with a blocking wait, which is right on a thread of its own.
            if (!_keys.Writer.TryWrite(key)) _keys.Writer.WriteAsync(key).AsTask().GetAwaiter().GetResult();
        }
    }
}
