using System.Net;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Integration.Tests;

/// <summary>When the log cannot be written, everybody is told so in his protocol's terms, and nothing is half done.</summary>
public sealed class FullDiskTests
{
    private const int LogNotWritable = 2002;

    [Fact]
    public async Task Senders_are_refused_clearly_and_the_server_is_not_ready_but_alive()
    {
        await using var server = await ChatServer.StartAsync("Storage:MaxMegabytes=1", "Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000");
        server.Logs.Expected = line => line.Category.Contains("Storage", StringComparison.Ordinal);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@room");
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");
        var taken = 0;
        var refused = await Assert.ThrowsAsync<HubException>(async () =>
        {
            for (; taken < 10_000; taken++) await anna.SendAsync("@room", new string('x', 9_000), $"id-{taken}");
        });
        Assert.Matches(@"storage-unavailable: .* \[\d+ s\]$", refused.Message);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.Http.GetAsync("/health/ready")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/health/live")).StatusCode);
        await native.SendAsync(KaiPdu.Send(new string('y', 1_900)));
        Assert.StartsWith(KaiNotice.NotSent, (await native.PollAsync()).Last(pdu => pdu.Username == "SERVER").Text, StringComparison.Ordinal);

        // What was acknowledged is there, what was refused is not.
        Assert.Equal(taken, (await ben.WaitForMessagesAsync(taken)).Count);
        Assert.Equal(taken, (await ben.JoinAsync("@room")).LastSeq);
        Assert.Contains(server.Logs.Lines, line => line.EventId == LogNotWritable);
    }
}
