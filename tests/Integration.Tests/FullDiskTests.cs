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
        await using var server = await ChatServer.StartAsync("Storage:MaxMegabytes=1", "Limits:MessageBurst=100000", "Limits:MessagesPerSecond=100000", "Limits:JoinBurst=100000");
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
        // A smaller text may still find room; not many of them.
        await native.SendAsync([.. Enumerable.Repeat(KaiPdu.Send(new string('y', 1_900)), 20)]);
        Assert.Contains(await native.PollAsync(), pdu => pdu.Username == "SERVER" && pdu.Text.StartsWith(KaiNotice.NotSent, StringComparison.Ordinal));

        // What was acknowledged is there, once, and nothing else.
        var last = (int)(await ben.JoinAsync("@room")).LastSeq;
        var seen = await ben.WaitForMessagesAsync(last);
        Assert.Equal(Enumerable.Range(1, last), seen.Select(message => (int)message.Seq));
        Assert.Equal(Enumerable.Range(0, taken).Select(i => $"id-{i}"), seen.Where(message => message.Author == "anna").Select(message => message.ClientMessageId));
        Assert.Contains(server.Logs.Lines, line => line.EventId == LogNotWritable);
    }
}
