using System.Threading.Channels;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>A script's input that a test writes while the program runs.</summary>
internal sealed class TypedLines : TextReader
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public static TypedLines Of(params IEnumerable<string> lines)
    {
        var typed = new TypedLines();
        foreach (var line in lines) typed.Type(line);
        typed.End();
        return typed;
    }

    public void Type(string line) => _lines.Writer.TryWrite(line);

    public void End() => _lines.Writer.TryComplete();

    public override async ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        await _lines.Reader.WaitToReadAsync(cancellationToken) && _lines.Reader.TryRead(out var line) ? line : null;
}
