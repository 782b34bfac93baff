using System.Globalization;
using KaiChat.Server.Storage.Backup;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>How far a command is: one line that is written over on a terminal, otherwise a line at every stage and every tenth of the whole.</summary>
internal sealed class ConsoleProgress(TextWriter error, bool isTerminal, TimeProvider clock) : IProgress<WorkProgress>, IDisposable
{
    private const string EraseLine = "\r\e[K";

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

    private readonly long _begun = clock.GetTimestamp();
    private long? _shown;
    private (string Stage, int Tenth) _last;

    public void Report(WorkProgress value)
    {
        if (isTerminal) ShowOnTerminal(value);
        else ShowAsLine(value);
    }

    /// <summary>Takes the line away, so that what comes next begins a line of its own.</summary>
    public void Dispose()
    {
        if (isTerminal && _shown is not null) error.Write(EraseLine);
    }

    private void ShowOnTerminal(WorkProgress value)
    {
        if (_shown is { } at && clock.GetElapsedTime(at) < Often) return;
        _shown = clock.GetTimestamp();
        error.Write($"{EraseLine}{Describe(value)}{Left(value.Fraction)}");
        error.Flush();
    }

    private void ShowAsLine(WorkProgress value)
    {
        var now = (value.Stage, (int)(value.Fraction * 10));
        if (now == _last) return;
        _last = now;
        error.WriteLine(Describe(value));
    }

    private static string Describe(WorkProgress value) =>
        string.Create(CultureInfo.InvariantCulture, $"{value.Fraction * 100,3:0} %  {value.Stage}{(value.Total > 1 ? $" {ByteSize.Text(value.Done)} of {ByteSize.Text(value.Total)}" : "")}");

    private string Left(double fraction)
    {
        var elapsed = clock.GetElapsedTime(_begun);
        if (fraction < 0.02 || elapsed < TimeSpan.FromSeconds(1)) return "";
        var left = TimeSpan.FromSeconds(Math.Ceiling(elapsed.TotalSeconds * (1 - fraction) / fraction));
        return string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalMinutes}:{left.Seconds:00} left");
    }
}

/// <summary>A count of bytes for people.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    public static string Text(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1024 && unit < Units.Length - 1; unit++) value /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{value.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }
}
