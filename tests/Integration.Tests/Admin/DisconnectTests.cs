using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary><c>DELETE /api/v1/connections/{id}</c></summary>
public sealed class DisconnectTests
{
    private const string Sentence = "An operator has disconnected you.";

    [Fact]
    public async Task A_native_user_gets_what_is_pending_and_a_word_and_the_name_is_free()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        await ben.SendAsync("@dev", "pending");

        var path = await FindAsync(someone, "anna");
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(path));
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, path);
        Assert.Equal("pending", (await anna.ReceiveAsync()).Text);
        var farewell = await anna.ReceiveAsync();
        Assert.Equal((KaiCommand.ReceiveMessage, "SERVER", "@dev", Sentence), (farewell.Command, farewell.Username, farewell.Channel, farewell.Text));
        Assert.Null(await anna.TryReceiveAsync());
        await server.ExpectEndAsync("ClosedByOperator");
        await ben.WaitForAsync<(string Channel, string Member)>(nameof(IChatClient.MemberLeft));
        await using var again = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");

        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(path));
    }

    [Fact]
    public async Task A_browsers_session_ends_with_all_its_tabs()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var tab = await WebUser.SignInAsync(server, "anna", "@dev");
        await using var other = await WebUser.ConnectAsync(server, tab.Session);
        // A fence: calls wait until the connection is taken in.
        await other.PreviewNativeAsync("");

        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync(await FindAsync(someone, "anna")));
        Assert.Equal(Sentence, await tab.WaitForAsync<string>(nameof(IChatClient.SessionEnded)));
        Assert.Equal(Sentence, await other.WaitForAsync<string>(nameof(IChatClient.SessionEnded)));
        await tab.WaitForCloseAsync();
        await other.WaitForCloseAsync();
        await server.ExpectEndAsync("ClosedByOperator");
        await server.ExpectEndAsync("SessionEnded");
        using var late = new Operator(server, tab.Session.Token);
        await late.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.SessionEnded, "/api/v1/sessions/current");
        await using var again = await WebUser.SignInAsync(server, "anna");
    }

    [Fact]
    public async Task A_native_client_in_its_handshake_is_just_closed()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var silent = await RawKaiClient.ConnectAsync(server.Native);
        await server.WaitForConnectionsAsync(1);
        var connection = Assert.Single((await someone.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items);
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync("/api/v1/connections/" + connection.Id));
        Assert.Null(await silent.TryReceiveAsync());
        await server.ExpectEndAsync("ClosedByOperator");
    }

    [Fact]
    public async Task One_that_does_not_read_is_cut_off_without_its_farewell()
    {
        // The heartbeat, which ends such connections, too, is to have no part in it.
        await using var server = await ChatServer.StartWithFakeClockAsync("KaiChat:SendTimeout=01:00:00");
        using var someone = new Operator(server);
        await using var deaf = await RawKaiClient.SignInAsync(server.Native, "deaf", "@dev");
        var queries = new byte[20_000 * KaiPdu.Length];
        for (var i = 0; i < queries.Length; i += KaiPdu.Length) KaiPduCodec.Write(queries.AsSpan(i), KaiPdu.Query, KaiSide.Client, KaiByteOrder.Little);
        var sending = deaf.TrySendRawAsync(queries);
        var connection = server.Connection("deaf");
        await server.WaitUntilAsync(() => connection.FlushingFor is not null, "The client was never slow.");

        var deleting = someone.DeleteAsync(await FindAsync(someone, "deaf"));
        await server.WaitUntilAsync(() => connection.Reason is not null, "Nobody asked it to end.");
        // In steps so small that the send timeout is not reached however many there are.
        await server.WaitUntilAsync(
            () =>
            {
                server.Clock!.Advance(TimeSpan.FromMilliseconds(50));
                return deleting.IsCompleted;
            },
            "It was never cut off.");
        Assert.Equal(HttpStatusCode.NoContent, await deleting);
        await server.ExpectEndAsync("ClosedByOperator");
        Assert.False(await sending);
    }

    [Fact]
    public async Task Several_operators_may_want_the_same_at_once()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        var path = await FindAsync(someone, "anna");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => someone.DeleteAsync(path)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer));
        await server.ExpectEndAsync("ClosedByOperator");
    }

    private static async Task<string> FindAsync(Operator someone, string username)
    {
        var connections = await someone.GetAsync<Page<ClientConnection>>($"/api/v1/connections?username={username}");
        return $"/api/v1/connections/{connections.Items[0].Id}";
    }
}
