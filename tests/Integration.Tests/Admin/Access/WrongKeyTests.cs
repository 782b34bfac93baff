using System.Diagnostics;
using System.Net;
using KaiChat.Server.Access;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>Whoever tries keys waits, and nobody else.</summary>
public sealed class WrongKeyTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Each_wrong_key_waits_twice_as_long_as_the_one_before_up_to_a_limit()
    {
        Assert.Equal([0, 0.25, 0.5, 1, 2, 4, 4], Enumerable.Range(1, 7).Select(keys => WrongKeys.DelayOf(keys).TotalSeconds));
        Assert.Equal(4, WrongKeys.DelayOf(int.MaxValue).TotalSeconds);
    }

    [Fact]
    public async Task So_many_answers_are_held_back_and_more_are_refused_at_once()
    {
        var wrongKeys = new WrongKeys(Options.Create(new AdminOptions { WrongKeysPerMinute = 1_000_000 }), _clock);
        Assert.Null((await wrongKeys.AddAndWaitAsync(IPAddress.Loopback, default)).TooMany);
        var held = Enumerable.Range(0, WrongKeys.MostWaiting).Select(_ => wrongKeys.AddAndWaitAsync(IPAddress.Loopback, default)).ToArray();
        Assert.DoesNotContain(held, answer => answer.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(4), (await wrongKeys.AddAndWaitAsync(IPAddress.Loopback, default)).TooMany);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.All(await Task.WhenAll(held), answer => Assert.Null(answer.TooMany));
        Assert.Equal(0, _clock.ArmedTimers);
        var next = wrongKeys.AddAndWaitAsync(IPAddress.Loopback, default);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null((await next).TooMany);
    }

    [Fact]
    public async Task Who_hangs_up_makes_room()
    {
        var wrongKeys = new WrongKeys(Options.Create(new AdminOptions()), _clock);
        await wrongKeys.AddAndWaitAsync(IPAddress.Loopback, default);
        using var gone = new CancellationTokenSource();
        var waiting = wrongKeys.AddAndWaitAsync(IPAddress.Loopback, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    [Fact]
    public async Task A_right_key_takes_as_long_to_be_found_as_a_wrong_one_not_to_be()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var right = (await admin.MakeAsync("ops", Scopes.ServerRead)).Secret!;
        var wrong = right[..^4] + "AAAA";
        var ring = server.Services.GetRequiredService<KeyRing>();
        Assert.NotNull(await ring.FindAsync(right));
        var (rights, wrongs) = (new List<long>(), new List<long>());
        for (var i = 0; i < 20_000; i++)
        {
            foreach (var (key, times) in new[] { (right, rights), (wrong, wrongs) })
            {
                var begin = Stopwatch.GetTimestamp();
                _ = await ring.FindAsync(key);
                times.Add(Stopwatch.GetTimestamp() - begin);
            }
        }
        // The middle of many, taken in turn: what the machine does beside meets both. The network's own differences are a thousand times as large.
        Assert.InRange((double)Median(rights) / Median(wrongs), 0.5, 2);
    }

    [Fact]
    public async Task A_flood_of_wrong_keys_slows_nobody_else()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var admin = new Operator(server);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        using var stop = new CancellationTokenSource();
        var (refused, patient) = (0, 0);
        var flood = Enumerable.Range(0, 32).Select(i => Task.Run(async () =>
        {
            using var guesser = new Operator(server, $"wrong-{i}");
            while (!stop.IsCancellationRequested)
            {
                using var answer = await guesser.SendAsync(HttpMethod.Get, "/api/v1/server");
                if (answer.StatusCode == HttpStatusCode.TooManyRequests) Interlocked.Increment(ref refused);
                else Interlocked.Increment(ref patient);
            }
        })).ToArray();
        await Wait.UntilAsync(() => Volatile.Read(ref refused) >= 1_000, () => $"Only {refused} of 1,000 wrong keys were refused.", TimeSpan.FromMinutes(1));

        var before = Volatile.Read(ref refused);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 20; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await admin.GetAsync<ServerInfo>("/api/v1/server");
            await anna.SendAsync("@dev", $"{i}");
            await ben.WaitForMessagesAsync(i + 1);
            var took = Stopwatch.GetElapsedTime(begin);
            if (took > slowest) slowest = took;
        }
        // The flood went on all the while, and was refused rather than served: not one in a thousand was held back and told that it was wrong.
        await Wait.UntilAsync(() => Volatile.Read(ref refused) > before, "The flood of wrong keys had come to an end.");
        await stop.CancelAsync();
        // The clock has stood still: the minute of the count has not passed, and those whose answers are held back are all who are left. They get them now.
        await server.WaitUntilAsync(() => flood.Count(guesser => !guesser.IsCompleted) < 10, "The flood does not end.");
        var over = Task.WhenAll(flood);
        await server.WaitUntilAsync(
            () =>
            {
                server.Clock!.Advance(WrongKeys.DelayOf(int.MaxValue));
                return over.IsCompleted;
            },
            "An answer is held back for ever.");
        await over;
        Assert.InRange(patient, 1, 10);
        // A request, a commit and an event, on a machine whose processors are all busy with the flood. Whoever waits behind it would wait for minutes.
        Assert.True(slowest < TimeSpan.FromSeconds(5), $"{slowest}");
    }

    private static long Median(List<long> times) => times.Order().ElementAt(times.Count / 2);
}
