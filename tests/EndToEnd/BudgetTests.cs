using System.Text.RegularExpressions;
using KaiChat.TestKit;

namespace KaiChat.EndToEnd;

/// <summary>What a first visit costs.</summary>
public sealed partial class BudgetTests
{
    private const int MostBytes = 90_000;

    [Fact]
    public async Task The_first_load_stays_within_its_budget()
    {
        await using var server = await ChatServer.StartAsync();
        // Answers as they cross the wire.
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = server.Web };
        using var plain = await http.GetAsync("/");
        var files = FileNames().Matches(await plain.Content.ReadAsStringAsync()).Select(file => file.Value).Distinct().ToArray();
        // The theme, the program and its styles; icons and manifest are loaded behind them.
        Assert.Equal(3, files.Length);
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate, br");
        var sizes = new Dictionary<string, int>();
        foreach (var file in (string[])["/", .. files])
        {
            using var answer = await http.GetAsync(file);
            answer.EnsureSuccessStatusCode();
            sizes[file] = (await answer.Content.ReadAsByteArrayAsync()).Length + answer.Headers.Concat(answer.Content.Headers).Sum(header => header.Key.Length + header.Value.Sum(value => value.Length) + 4);
        }
        Assert.True(sizes.Values.Sum() is > 0 and <= MostBytes, $"{sizes.Values.Sum()} bytes: {string.Join(", ", sizes)}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{sizes.Values.Sum()} bytes");
    }

    [GeneratedRegex("/assets/[^\"]+\\.(?:js|css)", RegexOptions.None, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex FileNames();
}
