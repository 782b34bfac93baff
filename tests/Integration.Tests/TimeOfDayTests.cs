using KaiChat.TestKit;

namespace KaiChat.Integration.Tests;

/// <summary>Somebody sets the machine's clock: nobody has waited any longer or shorter for that.</summary>
public sealed class TimeOfDayTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(-24)]
    public async Task Setting_the_clock_neither_ends_nor_prolongs_a_handshake(int hours)
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using var client = await RawKaiClient.ConnectAsync(server.Native);
        await server.WaitForConnectionsAsync(1);
        server.Clock!.SetTimeOfDay(TimeSpan.FromHours(hours));
        server.Clock.Advance(TimeSpan.FromSeconds(28));
        await server.WaitForConnectionsAsync(1);
        server.Clock.Advance(TimeSpan.FromSeconds(3));
        await client.WaitForCloseAsync();
        await server.ExpectEndAsync("HandshakeTimeout");
    }

    [Fact]
    public async Task A_clock_that_is_set_right_after_the_start_does_not_close_the_channels_that_wait_for_their_members()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        await using (var anna = await WebUser.SignInAsync(server, "anna", "@room"))
        {
            await anna.SendAsync("@room", "before");
            await server.RestartAsync();
        }
        server.Clock!.SetTimeOfDay(TimeSpan.FromDays(1));
        server.Clock.Advance(TimeSpan.FromSeconds(11));
        await using var ben = await WebUser.SignInAsync(server, "ben");
        Assert.Equal("before", Assert.Single((await ben.JoinAsync("@room")).Messages).Text);
    }
}
