using KaiChat.Integration.Tests.Simulation;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>A restart in the midst of the day, as systemd or a container does it: SIGTERM to a real process, and a new one over the same directory.</summary>
public sealed class RestartTests
{
    private static readonly string[] Settings = ["Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000", "Limits:JoinBurst=100000", "Limits:ReadBurst=100000"];

    [Fact]
    public async Task Two_hundred_browsers_and_five_hundred_native_clients_lose_no_message_over_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var load = new RestartLoad();
        await using (var server = await ServerChild.StartAsync(directory.Path, Settings))
        {
            await load.EnterAsync(server);
            var running = load.RunAsync();
            await Wait.UntilAsync(
                () => load.Acknowledged.Count >= 1_000 || running.IsFaulted, () => $"Only {load.Acknowledged.Count} of 1,000 messages were acknowledged.", TimeSpan.FromMinutes(1));
            var (exitCode, errors) = await server.TerminateAsync();
            await running;
            Assert.Equal(0, exitCode);
            Assert.DoesNotContain("fail:", errors, StringComparison.Ordinal);
        }

        await using var again = await ServerChild.StartAsync(directory.Path, Settings);
        await load.ComeBackAsync(again);
        await using var reader = await WebUser.SignInAsync(again.Web, "reader");
        var logs = new Dictionary<string, IReadOnlyList<Message>>(StringComparer.Ordinal);
        foreach (var channel in RestartLoad.Channels) logs[channel] = await reader.ReadAllAsync(channel);
        Assert.All(load.Acknowledged, message => Assert.Equal(message, logs[message.Channel].ElementAtOrDefault((int)message.Seq - 1)));
        load.ExpectNothingLost(logs);
        Assert.Equal(RestartLoad.Natives, load.Farewells.Count);
    }
}
