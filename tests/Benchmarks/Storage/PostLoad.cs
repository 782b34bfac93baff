using System.Diagnostics;
using System.Diagnostics.Metrics;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Benchmarks.Storage;

/// <summary>How long browsers' messages take inside the server, from being taken to their acknowledgement, at a fixed rate over real hub connections.</summary>
internal static class PostLoad
{
    private const int Channels = 20;
    private const int UsersOfChannel = 5;
    private static readonly TimeSpan Warmup = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(15);

    public static async Task RunAsync(int rate)
    {
        using var meters = new RecordedMeters();
        await using var server = await ChatServer.StartAdjustedAsync(
            services => services.AddSingleton<IMeterFactory>(meters), "Limits:MessageBurst=1000000", "Limits:MessagesPerSecond=1000000");
        var users = new List<(WebUser User, string Channel)>();
        for (var i = 0; i < Channels * UsersOfChannel; i++)
        {
            var channel = $"@room{i % Channels}";
            users.Add((await WebUser.SignInAsync(server, $"user{i}", channel), channel));
        }
        await PaceAsync(users, rate, Warmup);
        var before = meters.Of("kaichat.messages.duration").Count;
        await PaceAsync(users, rate, Window);
        var times = meters.Of("kaichat.messages.duration").Skip(before).Select(seconds => seconds * 1000).Order().ToArray();
        Console.WriteLine(
            $"{rate:N0} messages/s of {users.Count} browsers in {Channels} channels, measured at the server: {times.Length:N0} acknowledged after p50 {times[times.Length / 2]:0.00} ms, "
            + $"p99 {times[times.Length * 99 / 100]:0.00} ms, max {times[^1]:0.0} ms");
        foreach (var (user, _) in users) await user.DisposeAsync();
    }

    private static async Task PaceAsync(List<(WebUser User, string Channel)> users, int rate, TimeSpan duration)
    {
        var sending = new Task[(int)(rate * duration.TotalSeconds)];
        await Task.Factory.StartNew(
            () =>
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < sending.Length; i++)
                {
                    var due = TimeSpan.FromSeconds(i / (double)rate);
                    while (Stopwatch.GetElapsedTime(started) < due) Thread.Sleep(TimeSpan.FromMicroseconds(200));
                    var (user, channel) = users[i % users.Count];
                    sending[i] = user.SendAsync(channel, $"message {i} with a text of a hundred characters or so, as people write them when they chat about something");
                }
            },
            TaskCreationOptions.LongRunning);
        await Task.WhenAll(sending);
    }
}
