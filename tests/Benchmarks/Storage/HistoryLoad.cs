using System.Diagnostics;
using System.Globalization;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Search;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Benchmarks.Storage;

/// <summary>What a long history costs: joining, paging and searching a channel of a million messages beside one of a hundred, over real hub connections.</summary>
internal static class HistoryLoad
{
    private const int Few = 100;
    private const int Words = 5_000;
    private const int Authors = 200;
    private const int Rounds = 100;

    /// <summary>How far back the one message lies that is searched for.</summary>
    private const int NeedleBack = 100_000;

    public static async Task RunAsync(string parent, int count)
    {
        var directory = Path.Combine(parent, Path.GetRandomFileName());
        Directory.CreateDirectory(directory);
        try
        {
            await FillAsync(directory, count);
            await AskAsync(directory, count);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task FillAsync(string directory, int count)
    {
        var random = new Random(1);
        var authors = Enumerable.Range(0, Authors).Select(i => Drafts.Author($"user{i}")).ToArray();
        await using var log = TestStorage.Open(directory, appendQueue: 1 << 20);
        var few = await log.OpenAsync(Drafts.Channel("@few"), DateTimeOffset.UtcNow, default);
        var many = await log.OpenAsync(Drafts.Channel("@many"), DateTimeOffset.UtcNow, default);
        Task<AppendResult> Append(LoggedConversation channel, int i, string text) =>
            log.AppendAsync(Drafts.To(channel, text, authors[i % Authors], Guid.NewGuid().ToString()) with { SentAt = DateTimeOffset.UtcNow }, default);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Few; i++) await Append(few, i, Text(random));
        var appending = Task.CompletedTask as Task;
        for (var i = 0; i < count; i++)
        {
            appending = Append(many, i, i == count - NeedleBack ? "a needle" : Text(random));
            if (i % 1_000 == 999) await appending;
        }
        await appending;
        Console.WriteLine($"{count:N0} messages in one channel, {Few} in another, made in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s; {Size(directory, "messages.db")} MiB");
        started = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        await using (var index = SqliteSearchIndex.Open(log, new StorageOptions(), TimeProvider.System, NullLogger.Instance)) await index.CatchUpAsync();
        var elapsed = Stopwatch.GetElapsedTime(started);
        Console.WriteLine(
            $"indexed at {count / elapsed.TotalSeconds:N0} messages/s, {(Environment.CpuUsage.TotalTime - cpu) / elapsed:0.0} cores; {Size(directory, "search.db")} MiB");
    }

    private static async Task AskAsync(string directory, int count)
    {
        await using var server = await ChatServer.StartOverAsync(directory, "Limits:SearchBurst=100000", "Limits:ReadBurst=100000");
        await using var user = await WebUser.SignInAsync(server, "anna");
        foreach (var channel in (string[])["@few", "@many"]) await MeasureAsync($"join {channel} for the first time after the start", 1, () => user.JoinAsync(channel));
        foreach (var channel in (string[])["@few", "@many"]) await MeasureAsync($"join {channel} again", Rounds, () => user.JoinAsync(channel));
        await MeasureAsync("100 messages around one in the middle of @many", Rounds, () => user.HistoryAroundAsync("@many", count / 2, 100));
        await MeasureAsync("a word that is in one message, 100,000 ago, and the 100 messages around it", Rounds, async () =>
        {
            var page = await user.SearchAsync("needle");
            await user.HistoryAroundAsync("@many", page.Hits.Single().Message.Seq, 100);
        });
        await MeasureAsync("a common word, the newest 20 hits", Rounds, () => user.SearchAsync("word7"));
        await MeasureAsync("two common words", Rounds, () => user.SearchAsync("word7 word11"));
        await MeasureAsync("words by one author in one channel", Rounds, () => user.SearchAsync("word7 from:user3 in:@many"));
        await MeasureAsync("two beginnings of all words there are", 5, () => user.SearchAsync("wo* word*"));
        await MeasureAsync("a phrase of common words that never follow one another", 5, () => user.SearchAsync("\"word1 word1 word1\""));
        GC.Collect();
        Console.WriteLine($"memory: {Environment.WorkingSet >> 20} MiB with this program, {GC.GetTotalMemory(forceFullCollection: true) >> 20} MiB of it managed and alive");
    }

    private static async Task MeasureAsync(string what, int rounds, Func<Task> ask)
    {
        var times = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await ask();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(times);
        Console.WriteLine(rounds == 1 ? $"{what}: {times[0]:0.0} ms" : $"{what}: p50 {times[rounds / 2]:0.00} ms, max {times[^1]:0.0} ms");
    }

    /// <summary>Some 80 characters of words that are common or rare as in a language: half of all are among the first few.</summary>
    private static string Text(Random random) =>
        string.Join(' ', Enumerable.Range(0, 10).Select(_ => "word" + ((int)(Words * Math.Pow(random.NextDouble(), 4))).ToString(CultureInfo.InvariantCulture)));

    private static long Size(string directory, string file) => Directory.GetFiles(directory, file + "*").Sum(path => new FileInfo(path).Length) >> 20;
}
