using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Storage;

/// <summary>What tests read off the log's meter.</summary>
internal static class StorageMeasurements
{
    /// <summary>How many writes wait right now: 0 after a write says that the writer has taken it.</summary>
    public static double QueueDepth(this RecordedMeters meters)
    {
        meters.Observe();
        return meters.Of("kaichat.storage.queue.depth")[^1];
    }
}
