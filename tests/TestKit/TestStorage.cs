using System.Diagnostics.Metrics;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.TestKit;

/// <summary>Opens message logs without a host.</summary>
internal static class TestStorage
{
    /// <summary>Opens the real log on a directory; what is left out is the server's default.</summary>
    /// <param name="meters">Its meter is made with this; without one nobody can listen to it.</param>
    public static SqliteMessageLog Open(
        string directory,
        int appendQueue = 65_536,
        int maxMegabytes = 0,
        TimeProvider? clock = null,
        ILogger? logger = null,
        IMeterFactory? meters = null) => SqliteMessageLog.Open(
            new StorageOptions { Directory = directory, AppendQueue = appendQueue, MaxMegabytes = maxMegabytes },
            clock ?? TimeProvider.System,
            logger ?? NullLogger.Instance,
            new StorageMetrics(meters ?? new PlainMeters()));

    private sealed class PlainMeters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
