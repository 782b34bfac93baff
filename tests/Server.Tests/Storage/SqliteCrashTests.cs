using System.Diagnostics;
using System.Globalization;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;
using Acknowledged = KaiChat.TestKit.CrashingWriter.Acknowledged;

namespace KaiChat.Server.Tests.Storage;

/// <summary>
/// <c>kill -9</c> loses no acknowledged message and doubles none. Each seed kills a real process several times over one database, every time after
/// another number of acknowledgements. <c>KAICHAT_CRASH_SEEDS</c> asks for more seeds than the ordinary run's.
/// </summary>
public sealed class SqliteCrashTests
{
    private const int Crashes = 4;
    private const int MostMessages = 3_000;

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("KAICHAT_CRASH_SEEDS") ?? "2", CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Killed_at_any_moment_it_keeps_what_it_acknowledged(int seed)
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(seed);
        var acknowledged = new List<Acknowledged>();

        for (var crash = 0; crash < Crashes; crash++)
        {
            acknowledged.AddRange(await RunAndKillAsync(directory.Path, $"run{crash}", random.Next(MostMessages)));
            await using var log = TestStorage.Open(directory.Path);
            await CheckAsync(log, acknowledged);
        }
    }

    /// <returns>All that the process acknowledged before it died.</returns>
    private static async Task<List<Acknowledged>> RunAndKillAsync(string directory, string run, int after)
    {
        using var process = Start(directory, run);
        var errors = process.StandardError.ReadToEndAsync();
        var acknowledged = new List<Acknowledged>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Acknowledged.Parse(line) is { } message) acknowledged.Add(message);
            // What it says between the kill and its death is read as well.
            if (acknowledged.Count == after + 1) process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        Assert.True(acknowledged.Count > after, "It ended by itself.");
        return acknowledged;
    }

    private static async Task CheckAsync(SqliteMessageLog log, List<Acknowledged> acknowledged)
    {
        var open = await log.ReadOpenConversationsAsync(default);
        Assert.Equivalent(CrashingWriter.Channels, open.Select(conversation => conversation.Name.Value), strict: true);
        var stored = new Dictionary<(long Conversation, long Seq), string>();
        foreach (var conversation in open)
        {
            var messages = await log.ReadAfterAsync(conversation.Id, 0, int.MaxValue, default);
            Assert.Equal(Enumerable.Range(1, messages.Count).Select(seq => (long)seq), messages.Select(message => message.Seq));
            Assert.Equal(messages.Count, conversation.LastSeq);
            foreach (var message in messages) stored.Add((conversation.Id.Value, message.Seq), message.Text);
        }

        Assert.Equal(stored.Count, stored.Values.Distinct(StringComparer.Ordinal).Count());
        Assert.All(acknowledged, message => Assert.Equal(message.Text, stored.GetValueOrDefault((message.Conversation, message.Seq))));

        // A client that did not see its acknowledgement sends again, and finds its message.
        foreach (var last in acknowledged.GroupBy(message => message.Sender).Select(messages => messages.Last()))
        {
            var again = Drafts.To(
                new ConversationId(last.Conversation), "again", CrashingWriter.Sender(last.Sender), last.ClientMessageId);
            var answer = await log.AppendAsync(again, default);
            Assert.Equal((true, last.Seq, last.Text), (answer.Repeated, answer.Message.Seq, answer.Message.Text));
        }
    }

    private static Process Start(string directory, string run)
    {
        var tests = Path.ChangeExtension(typeof(SqliteCrashTests).Assembly.Location, null);
        return Process.Start(new ProcessStartInfo("dotnet")
        {
            // The settings of this very process: what it needs lies beside it.
            ArgumentList =
            {
                "exec", "--runtimeconfig", $"{tests}.runtimeconfig.json", "--depsfile", $"{tests}.deps.json",
                typeof(CrashingWriter).Assembly.Location, directory, run,
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
