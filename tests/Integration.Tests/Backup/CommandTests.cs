using System.Collections.Concurrent;
using System.Text.Json;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Backup;

/// <summary>The commands as an operator runs them: processes of their own, beside a server that is busy.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly string[] Fast = ["Limits:MessageBurst=1000000", "Limits:MessagesPerSecond=1000000"];

    private readonly TemporaryDirectory _directory = new();

    private string Data => _directory.File("data");

    private string Zip => _directory.File("backup.zip");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_backup_under_load_restored_elsewhere_is_the_beginning_of_the_same_history()
    {
        var acknowledged = new ConcurrentDictionary<long, Message>();
        string key;
        await using (var server = await ServerChild.StartAsync(Data, Fast))
        {
            await using var anna = await WebUser.SignInAsync(server.Web, "anna", "@room");
            await using var ben = await WebUser.SignInAsync(server.Web, "ben", "@room");
            using var enough = new CancellationTokenSource();
            var sending = new[] { anna, ben }.SelectMany(user => Enumerable.Range(0, 4).Select(lane => SendAsync(user, lane, acknowledged, enough.Token))).ToArray();
            await Wait.UntilAsync(
                () => acknowledged.Count >= 500 || sending.Any(task => task.IsFaulted), () => $"Only {acknowledged.Count} of 500 messages were acknowledged.", TimeSpan.FromMinutes(1));
            var before = acknowledged.Count;

            await RunAsync(0, "backup", Zip, "--with-secrets");

            var after = acknowledged.Count;
            Assert.True(after > before, "Nobody could post during the backup.");
            await enough.CancelAsync();
            await Task.WhenAll(sending);
            key = await File.ReadAllTextAsync(Path.Combine(Data, "admin.key"));
        }

        Assert.Contains("is good.", await RunAsync(0, "verify-backup", Zip), StringComparison.Ordinal);
        var elsewhere = _directory.File("elsewhere");
        await RunToEndAsync(0, ["restore", Zip, $"--Storage:Directory={elsewhere}"]);
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(elsewhere, "admin.key")));
        await using (var restored = await ServerChild.StartAsync(elsewhere, Fast))
        {
            await using var reader = await WebUser.SignInAsync(restored.Web, "reader", "@room");
            var all = new List<Message>();
            for (var before = long.MaxValue; ; before = all[0].Seq)
            {
                var page = await reader.HistoryAsync("@room", before, 200);
                all.InsertRange(0, page.Messages);
                if (!page.HasEarlier) break;
            }
            Assert.InRange(all.Count, 500, acknowledged.Count);
            Assert.Equal(Enumerable.Range(1, all.Count), all.Select(message => (int)message.Seq));
            Assert.All(all, message => Assert.Equal(acknowledged[message.Seq], message));
            // Its history goes on where the backup ends.
            Assert.Equal(all.Count + 1, (await reader.SendAsync("@room", "after the restore")).Seq);
        }
    }

    [Fact]
    public async Task Exports_are_what_the_server_shows_while_it_runs_and_of_closed_conversations()
    {
        await using var server = await ServerChild.StartAsync(Data, Fast);
        await using var anna = await WebUser.SignInAsync(server.Web, "anna", "@room");
        var closed = await anna.SendAsync("@room", "of the first life");
        await anna.LeaveAsync("@room");
        await RunAsync(0, "export", "@room", _directory.File("latest.jsonl"));
        await anna.JoinAsync("@Room");
        var sent = new List<Message>();
        for (var i = 0; i < 450; i++) sent.Add(await anna.SendAsync("@Room", $"naïve {i} <b>"));

        await RunAsync(0, "export", "@ROOM", _directory.File("open.jsonl"));
        await RunAsync(0, "export", "#1", _directory.File("first.txt"), "--format", "jsonl");
        var said = await RunAsync(0, "export", "@room", _directory.File("open.html"));

        Assert.Equal(sent, Read("open.jsonl"));
        Assert.Equal([closed], Read("first.txt"));
        Assert.Equal([closed], Read("latest.jsonl"));
        Assert.Contains("450 messages of @Room (conversation #2).", said, StringComparison.Ordinal);
        var html = await File.ReadAllTextAsync(_directory.File("open.html"));
        Assert.Equal(451, html.Split("<article ").Length);
        Assert.Contains("naïve 449 &lt;b&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_has_its_exit_code_and_one_line()
    {
        await using (await ServerChild.StartAsync(Data))
        {
            await RunAsync(0, "backup", Zip, "--quiet");
            Assert.Contains("exists. Name another file", await RunAsync(7, "backup", Zip), StringComparison.Ordinal);
            Assert.Contains("another server uses", await RunAsync(5, "restore", Zip, "--force"), StringComparison.Ordinal);
            Assert.Contains("There is no channel @nobody, and there never was one.", await RunAsync(7, "export", "@nobody", _directory.File("x.html")), StringComparison.Ordinal);
            Assert.Contains("There is no conversation #9.", await RunAsync(7, "export", "#9", _directory.File("x.html")), StringComparison.Ordinal);
        }
        Assert.Contains("is there already.", await RunAsync(7, "restore", Zip), StringComparison.Ordinal);
        Assert.Contains("-before-", await RunAsync(0, "restore", Zip, "--force"), StringComparison.Ordinal);
        await File.WriteAllTextAsync(_directory.File("foreign"), "no zip");
        Assert.Contains("The file is no zip file, so no KaiChat backup.", await RunAsync(6, "verify-backup", _directory.File("foreign")), StringComparison.Ordinal);
        Assert.Contains("cannot be read", await RunAsync(7, "verify-backup", _directory.File("absent")), StringComparison.Ordinal);
        Assert.Contains("--format is jsonl or html", await RunAsync(2, "export", "@room", _directory.File("x.txt")), StringComparison.Ordinal);
        Assert.Contains("try: KaiChat.Server backup --help", await RunAsync(2, "backup", "--with-secret", Zip), StringComparison.Ordinal);
        Assert.Contains("Did you mean Storage:Directory?", (await RunToEndAsync(3, ["backup", Zip, "--Storage:Directry=x"])).Errors, StringComparison.Ordinal);
        Assert.Contains("KaiChat.Server restore <FILE> [options]", (await RunToEndAsync(0, ["restore", "--help"])).Output, StringComparison.Ordinal);
    }

    private static async Task SendAsync(WebUser user, int lane, ConcurrentDictionary<long, Message> acknowledged, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var message = await user.SendAsync("@room", $"{lane} says {i}: Grüße 👋");
            acknowledged[message.Seq] = message;
        }
    }

    private Message[] Read(string file) =>
        [.. File.ReadLines(_directory.File(file)).Select(line => JsonSerializer.Deserialize<Message>(line, JsonSerializerOptions.Web)!)];

    /// <summary>Runs a command over the data directory; says all that it said.</summary>
    private async Task<string> RunAsync(int exitCode, params string[] args)
    {
        var (errors, output) = await RunToEndAsync(exitCode, [.. args, $"--Storage:Directory={Data}"]);
        return errors + output;
    }

    private static async Task<(string Errors, string Output)> RunToEndAsync(int exitCode, string[] args)
    {
        var (code, errors, output) = await ServerChild.RunToEndAsync(args);
        Assert.True(code == exitCode, $"{string.Join(' ', args)} ended with {code}: {errors}");
        return (errors, output);
    }
}
