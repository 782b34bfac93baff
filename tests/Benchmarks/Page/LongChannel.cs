using System.Globalization;
using KaiChat.TestKit;

namespace KaiChat.Benchmarks.Page;

/// <summary>A channel with a long history as people write it: short and long texts, lists, code, links, a few in a row by one author, weeks of days.</summary>
internal static class LongChannel
{
    public const string Name = "@many";
    private const int Authors = 200;
    private const int Words = 5_000;

    /// <summary>Writes it into a data directory in which there is none.</summary>
    public static async Task WriteAsync(string directory, int count)
    {
        var random = new Random(1);
        var authors = Enumerable.Range(0, Authors).Select(i => Drafts.Author($"user{i}")).ToArray();
        await using var log = TestStorage.Open(directory, appendQueue: 1 << 20);
        var channel = await log.OpenAsync(Drafts.Channel(Name), DateTimeOffset.UtcNow, default);
        var sentAt = DateTimeOffset.UtcNow - TimeSpan.FromMinutes(count);
        var author = authors[0];
        var appending = Task.CompletedTask as Task;
        for (var i = 0; i < count; i++)
        {
            if (random.Next(3) == 0) author = authors[random.Next(Authors)];
            sentAt += TimeSpan.FromMinutes(1);
            appending = log.AppendAsync(Drafts.To(channel, Text(random, i), author, Guid.NewGuid().ToString()) with { SentAt = sentAt }, default);
            if (i % 1_000 == 999) await appending;
        }
        await appending;
    }

    private static string Text(Random random, int i) => random.Next(20) switch
    {
        0 => $"```\nif (x < {i}) {{\n    return {Say(random, 2)};\n}}\n```",
        1 => $"{Say(random, 5)}:\n- {Say(random, 4)}\n- {Say(random, 6)}\n- {Say(random, 3)}",
        2 => $"> {Say(random, 8)}\n\n{Say(random, 10)}",
        3 or 4 => $"{Say(random, 6)} https://example.org/{i} {Say(random, 4)}",
        5 or 6 or 7 => $"{Say(random, 3)} **{Say(random, 2)}** and `{Say(random, 1)}` {Say(random, 5)}",
        8 or 9 => Say(random, 60),
        _ => Say(random, random.Next(2, 20)),
    };

    private static string Say(Random random, int words) =>
        string.Join(' ', Enumerable.Range(0, words).Select(_ => "word" + ((int)(Words * Math.Pow(random.NextDouble(), 4))).ToString(CultureInfo.InvariantCulture)));
}
