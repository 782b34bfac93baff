using System.Diagnostics;
using System.Globalization;
using KaiChat.Integration.Tests.Simulation;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>
/// kill -9 under load from both doors: what anybody was told is stored is there after the restart, in order, once, and nobody was shown anything else.
/// Each seed kills a real process one to three times over one data directory. <c>KAICHAT_KILL_RUNS</c> asks for more seeds than the ordinary run's.
/// </summary>
public sealed class KillTests
{
    private static readonly string[] Settings = ["Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000", "Limits:JoinBurst=100000", "Limits:ReadBurst=100000"];

    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("KAICHAT_KILL_RUNS") ?? "4", CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nothing_acknowledged_is_lost_nothing_appears_twice_and_nothing_was_shown_before_it_was_stored(int seed)
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(seed);
        var load = new KillLoad(seed);
        var logs = KillLoad.Channels.ToDictionary(channel => channel, _ => (IReadOnlyList<Message>)[], StringComparer.Ordinal);

        var kills = 1 + seed % 3;
        for (var life = 0; life < kills; life++)
        {
            await using var server = await ServerChild.StartAsync(directory.Path, Settings);
            if (life == 0) await load.SignInAsync(server);
            else await CheckAsync(server, $"reader{life}", directory, load, logs);

            var running = load.RunAsync(server, life);
            var until = load.Certain + random.Next(40, 400);
            await Wait.UntilAsync(
                () => (load.Certain >= until && load.Runs.Any(run => run.Count > 0)) || running.IsFaulted, () => $"Only {load.Certain} of {until} messages were acknowledged.", Patience.Limit);
            // Then at any moment of whatever is under way: a commit, an answer, a join.
            var moment = TimeSpan.FromMicroseconds(random.Next(10_000));
            for (var since = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(since) < moment;) await Task.Yield();
            server.Kill();
            await running;
        }

        await using var last = await ServerChild.StartAsync(directory.Path, Settings);
        await CheckAsync(last, "reader", directory, load, logs);
        await load.SettleAsync(last);
        await CheckAsync(last, "settled", directory, load, logs);
        Assert.All(KillLoad.Channels, channel => Assert.All(load.Pages, page => Assert.NotEmpty(page.HeldOf(channel))));
        Assert.Contains(load.Runs, run => run.Count > 0);
    }

    [Fact]
    public async Task An_acknowledged_change_is_there_after_a_kill()
    {
        using var directory = new TemporaryDirectory();
        var acknowledged = new Message[4];
        await using (var server = await ServerChild.StartAsync(directory.Path, Settings))
        {
            var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => WebUser.SignInAsync(server.Web, $"web{i}", "@room")));
            var acknowledgements = 0;
            var changing = users.Select(async (user, i) =>
            {
                var seq = (await user.SendAsync("@room", $"web{i}")).Seq;
                try
                {
                    for (var n = 1; ; n++)
                    {
                        acknowledged[i] = await user.EditAsync("@room", seq, $"web{i} {n}");
                        Interlocked.Increment(ref acknowledgements);
                    }
                }
                catch (Exception dead) when (dead is OperationCanceledException or IOException or InvalidOperationException or System.Net.WebSockets.WebSocketException)
                {
                    // Killed, as planned.
                }
            }).ToArray();
            await Wait.UntilAsync(
                () => Volatile.Read(ref acknowledgements) >= 150 || changing.All(task => task.IsCompleted), () => $"Only {acknowledgements} of 150 changes were acknowledged.", TimeSpan.FromMinutes(1));
            server.Kill();
            await Task.WhenAll(changing);
            foreach (var user in users) await user.DisposeAsync();
        }

        await using (var server = await ServerChild.StartAsync(directory.Path, Settings))
        {
            await using var reader = await WebUser.SignInAsync(server.Web, "reader");
            var snapshot = await reader.JoinAsync("@room");
            Assert.All(acknowledged, known =>
            {
                var now = snapshot.Messages.Single(message => message.Seq == known.Seq);
                // The next edit may have been written, too, and its answer was lost.
                Assert.True(now.Rev >= known.Rev, $"{now} is older than {known}.");
                if (now.Rev == known.Rev) Assert.Equal(known, now);
            });
            Assert.Equal(snapshot.Rev, snapshot.Messages.Max(message => message.Rev));
            Assert.Equal(4, (await reader.ChangesAsync("@room", 0)).Messages.Count);
        }
    }

    private static async Task CheckAsync(
        ServerChild server, string name, TemporaryDirectory directory, KillLoad load, Dictionary<string, IReadOnlyList<Message>> logs)
    {
        await using var reader = await WebUser.SignInAsync(server.Web, name);
        foreach (var channel in KillLoad.Channels)
        {
            var log = await reader.ReadAllAsync(channel);
            Assert.Equal(Enumerable.Range(1, log.Count), log.Select(message => (int)message.Seq));
            Assert.Equal(log.Count, log.Select(message => (message.Author, message.Text)).Distinct().Count());
            foreach (var texts in log.GroupBy(message => message.Author).Select(author => author.Select(NumberOf))) Assert.Equal(texts.Order(), texts);
            // What was in it once stays as it was.
            Assert.Equal(logs[channel], log.Take(logs[channel].Count));
            logs[channel] = log;

            Assert.All(load.Acknowledged.Where(message => message.Channel == channel), message => Assert.Equal(message, log.ElementAtOrDefault((int)message.Seq - 1)));
            var said = log.Select(message => (message.Channel, message.Author, message.Text)).ToHashSet();
            Assert.All(load.Taken.Where(taken => taken.Channel == channel), taken => Assert.Contains(taken, said));
            foreach (var page in load.Pages) page.ExpectAgreement(channel, log);
            foreach (var run in load.Runs.Where(run => run.Channel == channel)) run.ExpectRunOf(log);
        }
        await CheckIndexesAsync(reader, directory);
    }

    /// <summary>The database's own indexes say the same as its messages, and so does the search index.</summary>
    private static async Task CheckIndexesAsync(WebUser reader, TemporaryDirectory directory)
    {
        // A search waits a second for the index to catch up with what the killed server left; on a busy machine that takes longer.
        using var patience = new CancellationTokenSource(Patience.Limit);
        while ((await reader.SearchAsync("from:reader")).Incomplete) Assert.False(patience.IsCancellationRequested, "The index did not catch up.");
        using var shell = new SqliteShell(directory.File("messages.db"));
        Assert.Equal("ok", shell.Scalar("PRAGMA integrity_check"));
        shell.Execute($"ATTACH '{directory.File("search.db")}' AS found");
        const string InLog = "SELECT id, text FROM messages";
        const string InIndex = "SELECT rowid, text FROM found.entries";
        Assert.Equal(0L, shell.Scalar($"SELECT count(*) FROM ({InLog} EXCEPT {InIndex})"));
        Assert.Equal(0L, shell.Scalar($"SELECT count(*) FROM ({InIndex} EXCEPT {InLog})"));
        // FTS5's own check of its words against its texts: an error if they differ.
        shell.Execute("INSERT INTO found.entries (entries) VALUES ('integrity-check')");
    }

    private static int NumberOf(Message message) => int.Parse(message.Text.Split(' ')[1], CultureInfo.InvariantCulture);
}
