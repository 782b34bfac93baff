using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Conversation;

/// <summary>The client talks to servers of every school: the author's, the paper's, and ours in both its delivery modes.</summary>
public sealed class SchoolTests
{
    [Fact]
    public async Task The_authors_server_answers_one_PDU_a_QUERY_and_no_later_PING()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("hello"));
        await using var end = await server.AcceptAsync();
        await end.GreetAsync();
        await end.SendAsync(AuthorsMessage("bob", "one"));
        await end.ExpectAsync(KaiPdu.Query);
        await end.ExpectAsync(KaiPdu.Send("hello"), KaiPdu.Ping); // the answer below belongs to a QUERY from before them
        await end.SendAsync(AuthorsUpToDate());
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(AuthorsMessage("carol", "two"));
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(AuthorsUpToDate());
        await end.ExpectGoodbyeAsync();

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> one", "[carol]> two"], run.Output.Lines);
    }

    [Fact]
    public async Task The_papers_server_numbers_its_version_in_two_bytes_and_sends_all_that_is_pending()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.ExpectAsync(KaiPdu.Ping);
        var offer = ServerEnd.Encode(KaiPdu.VersionNegotiation(1));
        (offer[260], offer[261]) = (0, 1);
        await end.SendAsync([.. ServerEnd.Encode(KaiPdu.Ping), .. offer]);
        await end.ExpectSignInAsync();
        await end.SendAsync(ServerEnd.Message("bob", "one"), ServerEnd.Message("carol", "two"), ServerEnd.Message("bob", "three"));
        await end.LetDrainAsync();

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> one", "[carol]> two", "[bob]> three"], run.Output.Lines);
    }

    [Fact]
    public async Task A_server_in_single_mode_folds_messages_into_one_text()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.LetDrainAsync(ServerEnd.Message("bob", "one\n[carol]> two\n[bob]> three"));

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> one", "[carol]> two", "[bob]> three"], run.Output.Lines);
    }

    [Fact]
    public async Task Bytes_may_come_one_by_one_and_PDUs_unasked()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.ExpectAsync(KaiPdu.Ping, KaiPdu.Query);
        foreach (var value in ServerEnd.Encode(ServerEnd.Message("bob", "slow"))) await end.SendAsync([value]);
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(KaiPdu.Ping, new KaiPdu(KaiCommand.LeaveChannel), ServerEnd.UpToDate);
        await end.ExpectGoodbyeAsync();

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> slow"], run.Output.Lines);
    }

    [Fact]
    public async Task Messages_of_other_channels_are_the_clients_to_drop()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.LetDrainAsync(KaiPdu.Receive("bob", "@other", "not for alice"), KaiPdu.Receive("bob", "@GENERAL", "for alice"));

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> for alice"], run.Output.Lines);
    }

    [Fact]
    public async Task Questions_come_at_the_interval_asked_for_and_never_two_at_a_time()
    {
        using var server = new ScriptedServer();
        var input = new TypedLines();
        using var run = ClientRun.Script(server, input, "--poll", "5");
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await run.Error.Contains("You are alice");
        await run.Clock.WhenTimerDueAsync(TimeSpan.FromSeconds(5)).OrFail();
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        await end.ExpectAsync(KaiPdu.Query);
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        input.Type("in between");
        await end.ExpectAsync(KaiPdu.Send("in between")); // and no QUERY in front of it
        input.End();
        await end.ExpectAsync(KaiPdu.Ping);
        await end.SendAsync(ServerEnd.UpToDate, KaiPdu.Ping);
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(ServerEnd.UpToDate);
        await end.ExpectGoodbyeAsync();

        Assert.Equal(0, await run.Exit);
    }

    private static byte[] AuthorsMessage(string author, string text)
    {
        var frame = ServerEnd.Encode(ServerEnd.Message(author, text));
        frame.AsSpan(62, 190).Fill(0xCC); // what his buffers held before
        return frame;
    }

    /// <summary>His flag is at 51; what the paper's place for it holds is garbage.</summary>
    private static byte[] AuthorsUpToDate()
    {
        var frame = ServerEnd.Encode(ServerEnd.UpToDate);
        frame[61] = 0xCC;
        return frame;
    }
}
