using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace KaiChat.TestKit;

/// <summary>Everything a server under test logged. An error that no test announced fails the test when the server is disposed of.</summary>
public sealed class CapturedLogs : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    /// <summary>Errors for which this is true are expected.</summary>
    public Func<LogLine, bool> Expected { get; set; } = _ => false;

    public IEnumerable<LogLine> UnexpectedErrors => _lines.Where(line => line.Level >= LogLevel.Error && !Expected(line));

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(logLevel, category, eventId.Id, formatter(state, exception), exception));
    }
}

/// <summary>One line of a log.</summary>
public sealed record LogLine(LogLevel Level, string Category, int EventId, string Text, Exception? Exception);
