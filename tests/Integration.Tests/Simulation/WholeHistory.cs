using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Simulation;

/// <summary>All of a channel, page by page.</summary>
internal static class WholeHistory
{
    /// <summary>Joins a channel and reads it from its newest message to its first.</summary>
    public static async Task<IReadOnlyList<Message>> ReadAllAsync(this WebUser reader, string channel)
    {
        await reader.JoinAsync(channel);
        var all = new List<Message>();
        var before = long.MaxValue;
        while (true)
        {
            var page = await reader.HistoryAsync(channel, before, 200);
            all.InsertRange(0, page.Messages);
            if (!page.HasEarlier) return all;
            before = page.Messages[0].Seq;
        }
    }
}
