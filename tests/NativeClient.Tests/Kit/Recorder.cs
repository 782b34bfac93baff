using System.Text;

namespace KaiChat.NativeClient.Tests.Kit;

/// <summary>What a program has written, and a fence to wait for it.</summary>
internal sealed class Recorder : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _written = new();
    private readonly List<(Func<string, bool> Holds, TaskCompletionSource Done)> _waiting = [];

    public override Encoding Encoding => Encoding.UTF8;

    public string Text
    {
        get
        {
            lock (_gate) return _written.ToString();
        }
    }

    public string[] Lines => Text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_gate)
        {
            _written.Append(value);
            var text = _written.ToString();
            foreach (var (_, done) in _waiting.Where(waiting => waiting.Holds(text))) done.TrySetResult();
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public Task Contains(string text) => Until(written => written.Contains(text, StringComparison.Ordinal));

    public Task Until(Func<string, bool> holds)
    {
        lock (_gate)
        {
            if (holds(_written.ToString())) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((holds, done));
            return done.Task.OrFail();
        }
    }
}
