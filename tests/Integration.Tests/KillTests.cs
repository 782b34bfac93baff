using System.Collections.Concurrent;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>kill -9 under load: every acknowledged message is there after the restart, in order, once.</summary>
public sealed class KillTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Nothing_acknowledged_is_lost_and_nothing_appears_twice(int seed)
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        string[] settings = ["Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000"];
        var acknowledged = new ConcurrentQueue<Message>();
        var unsettled = new ConcurrentQueue<(SignInResponse Session, string Id, string Text)>();
        var killAt = new Random(seed).Next(40, 400);

        await using (var server = await ServerChild.StartAsync(directory, settings))
        {
            var users = new List<WebUser>();
            for (var i = 0; i < 4; i++) users.Add(await WebUser.SignInAsync(server.Web, $"web{i}", "@room"));
            await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");
            var sending = users.Select((user, i) => SendUntilDeadAsync(user, $"web{i}", acknowledged, unsettled)).Append(FloodAsync(native)).ToArray();
            while (acknowledged.Count < killAt) await Task.Yield();
            server.Kill();
            await Task.WhenAll(sending);
            foreach (var user in users) await user.DisposeAsync();
        }

        await using (var server = await ServerChild.StartAsync(directory, settings))
        {
            var (session, id, text) = unsettled.First();
            await using var reader = await WebUser.ConnectAsync(server.Web, session);
            var last = (await reader.JoinAsync("@room")).LastSeq;
            // Sent but not acknowledged: repeating it makes it exist once, whether it was stored before or not.
            await reader.SendAsync("@room", text, id);
            await reader.SendAsync("@room", text, id);
            var all = await ReadAllAsync(reader);
            Assert.InRange(all.Count, last, last + 1);
            Assert.Equal(Enumerable.Range(1, all.Count), all.Select(message => (int)message.Seq));
            Assert.Single(all, message => message.ClientMessageId == id);
            Assert.Equal(all.Count, all.Select(message => (message.Author, message.Text)).Distinct().Count());
            var bySeq = all.ToDictionary(message => message.Seq);
            Assert.All(acknowledged, message => Assert.Equal(message, bySeq[message.Seq]));
            foreach (var texts in all.GroupBy(message => message.Author).Select(author => author.Select(message => int.Parse(message.Text.Split(' ')[1]))))
            {
                Assert.Equal(texts.Order(), texts);
            }
        }
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task An_acknowledged_change_is_there_after_a_kill()
    {
        var directory = Directory.CreateTempSubdirectory("kaichat-test-").FullName;
        string[] settings = ["Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000"];
        var acknowledged = new Message[4];
        await using (var server = await ServerChild.StartAsync(directory, settings))
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
            while (Volatile.Read(ref acknowledgements) < 150) await Task.Yield();
            server.Kill();
            await Task.WhenAll(changing);
            foreach (var user in users) await user.DisposeAsync();
        }

        await using (var server = await ServerChild.StartAsync(directory, settings))
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
        Directory.Delete(directory, recursive: true);
    }

    private static async Task SendUntilDeadAsync(
        WebUser user, string name, ConcurrentQueue<Message> acknowledged, ConcurrentQueue<(SignInResponse, string, string)> unsettled)
    {
        for (var i = 0; ; i++)
        {
            var (id, text) = ($"{name}-{i}", $"{name} {i}");
            try
            {
                acknowledged.Enqueue(await user.SendAsync("@room", text, id));
            }
            catch (Exception dead) when (dead is OperationCanceledException or IOException or InvalidOperationException or System.Net.WebSockets.WebSocketException)
            {
                unsettled.Enqueue((user.Session, id, text));
                return;
            }
        }
    }

    private static async Task FloodAsync(RawKaiClient native)
    {
        try
        {
            for (var i = 0; ; i++)
            {
                await native.SendAsync(KaiPdu.Send($"native {i}"));
                if (i % 20 == 0) await native.PollAsync();
            }
        }
        catch (Exception dead) when (dead is IOException)
        {
            // Killed, as planned.
        }
    }

    private static async Task<IReadOnlyList<Message>> ReadAllAsync(WebUser reader)
    {
        var all = new List<Message>();
        var before = long.MaxValue;
        while (true)
        {
            var page = await reader.HistoryAsync("@room", before, 200);
            all.InsertRange(0, page.Messages);
            if (!page.HasEarlier) return all;
            before = page.Messages[0].Seq;
        }
    }
}
