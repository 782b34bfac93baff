using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KaiChat.TestKit;

/// <summary>A logger that keeps what it is told, for a test to read.</summary>
public sealed class RecordedLog : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, int Event, string Text)> _lines = new();

    /// <summary>All lines so far, in order.</summary>
    public IReadOnlyList<(LogLevel Level, int Event, string Text)> Lines => [.. _lines];

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, eventId.Id, formatter(state, exception)));

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
