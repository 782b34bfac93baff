using KaiChat.NativeClient.Tests.Kit;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Tests.Scripts;

public sealed class ScriptTests
{
    private static readonly string[] NameTaken = ["The name alice is taken by somebody else."];

    [Fact]
    public async Task Each_line_is_sent_and_what_the_server_says_at_the_end_is_shown()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("one", "", "!leave is just text here", "three"));
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.ExpectAsync(KaiPdu.Send("one"), KaiPdu.Send("!leave is just text here"), KaiPdu.Send("three"));
        await end.LetDrainAsync(ServerEnd.Message("bob", "hello"), ServerEnd.Message("carol", "hi"));

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> hello", "[carol]> hi"], run.Output.Lines);
        Assert.Equal(
            [$"kaichat: Connected to 127.0.0.1:{server.Port} (unencrypted).", "kaichat: You are alice in @general."],
            run.Error.Lines);
    }

    [Fact]
    public async Task The_history_of_the_channel_is_printed_even_if_there_is_nothing_to_send()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.GreetAsync();
        await end.SendAsync(ServerEnd.Message("bob", "one"), ServerEnd.Message("alice", "mine from before"));
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(ServerEnd.UpToDate);
        await end.LetDrainAsync();

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> one", "[alice]> mine from before"], run.Output.Lines);
    }

    [Fact]
    public async Task A_refused_line_is_shown_and_makes_the_exit_code_3()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("rude"));
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.ExpectAsync(KaiPdu.Send("rude"));
        await end.LetDrainAsync(ServerEnd.Notice(KaiNotice.NotSent + "You are muted."));

        Assert.Equal(3, await run.Exit);
        Assert.Equal("[SERVER]> Not sent: You are muted.", run.Error.Lines[^1]);
        Assert.Empty(run.Output.Lines);
    }

    [Fact]
    public async Task Other_words_of_the_server_are_no_failure()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("hello"));
        await using var end = await server.AcceptAsync();
        await end.GreetAsync();
        await end.SendAsync(ServerEnd.Notice("Welcome."));
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(ServerEnd.UpToDate);
        await end.ExpectAsync(KaiPdu.Send("hello"));
        await end.LetDrainAsync(ServerEnd.Notice("The server stops at noon."));

        Assert.Equal(0, await run.Exit);
        Assert.Contains("[SERVER]> Welcome.", run.Error.Lines);
        Assert.Contains("[SERVER]> The server stops at noon.", run.Error.Lines);
    }

    [Fact]
    public async Task A_refused_name_is_known_by_the_notice_that_answers_every_question()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("never sent"));
        await using var end = await server.AcceptAsync();
        await end.GreetAsync();
        await end.SendAsync(ServerEnd.Notice(NameTaken[0]));
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(ServerEnd.Notice(NameTaken[0]));
        await end.ExpectEndAsync();

        Assert.Equal(3, await run.Exit);
        Assert.Equal($"kaichat: The server refuses: {NameTaken[0]}", run.Error.Lines[^1]);
        Assert.Single(run.Error.Lines, line => line.Contains(NameTaken[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_channel_is_known_by_its_notice()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("never sent"));
        await using var end = await server.AcceptAsync();
        await end.GreetAsync();
        await end.SendAsync(ServerEnd.Notice(KaiNotice.NotJoined + "You are banned from @general."));
        await end.ExpectEndAsync();

        Assert.Equal(3, await run.Exit);
        Assert.Equal("kaichat: The server refuses: Not joined: You are banned from @general.", run.Error.Lines[^1]);
    }

    [Fact]
    public async Task A_server_that_explains_and_closes_is_quoted()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using (var end = await server.AcceptAsync())
        {
            await end.GreetAsync();
            await end.SendAsync(KaiPdu.Receive("SERVER", "", "This server speaks other versions."));
        }

        Assert.Equal(3, await run.Exit);
        Assert.Equal("kaichat: The server refuses: This server speaks other versions.", run.Error.Lines[^1]);
    }

    [Fact]
    public async Task A_server_that_explains_and_breaks_off_over_an_unread_question_is_quoted_too()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.GreetAsync();
        await end.SendAsync(KaiPdu.Receive("SERVER", "", "This server speaks other versions."));
        await end.WhenMoreHasComeAsync();
        end.Reset();

        Assert.Equal(3, await run.Exit);
        Assert.Equal("kaichat: The server refuses: This server speaks other versions.", run.Error.Lines[^1]);
    }

    [Fact]
    public async Task Many_lines_go_out_at_the_servers_pace()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of(Enumerable.Range(0, 25).Select(i => $"line {i}")));
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        for (var i = 0; i < 25; i++)
        {
            await end.ExpectAsync(KaiPdu.Send($"line {i}"));
            if (i % 10 != 9) continue;
            await end.ExpectAsync(KaiPdu.Query);
            await end.SendAsync(ServerEnd.UpToDate);
        }

        await end.LetDrainAsync();
        Assert.Equal(0, await run.Exit);
    }

    [Fact]
    public async Task Stopped_in_the_middle_it_says_goodbye_and_tells_that_it_was_stopped()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, new TypedLines());
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await run.Error.Contains("You are alice");
        await run.StopAsync();
        await end.ExpectGoodbyeAsync();

        Assert.Equal(130, await run.Exit);
    }

    [Fact]
    public async Task A_server_that_does_not_close_after_the_goodbye_keeps_nobody()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, new TypedLines());
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await run.Error.Contains("You are alice");
        await run.StopAsync();
        await end.ExpectAsync(KaiPdu.Quit);
        await end.ExpectEndAsync(); // nothing more comes from the client, but this end stays open
        run.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(130, await run.Exit);
    }

    [Fact]
    public async Task A_channel_that_never_falls_silent_keeps_nobody_either()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of("hello"), "--timeout", "7", "--poll", "60");
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.ExpectAsync(KaiPdu.Send("hello"), KaiPdu.Ping, KaiPdu.Query);
        await end.SendAsync(KaiPdu.Ping, ServerEnd.Message("bob", "one"));
        await end.ExpectAsync(KaiPdu.Query);
        await end.SendAsync(ServerEnd.Message("bob", "two"));
        await end.ExpectAsync(KaiPdu.Query);
        await run.Clock.WhenTimerDueAsync(TimeSpan.FromSeconds(7)).OrFail(); // the patience with this channel; the next poll is far away
        run.Clock.Advance(TimeSpan.FromSeconds(6));
        await end.SendAsync(ServerEnd.Message("bob", "three"));
        await end.ExpectAsync(KaiPdu.Query);
        run.Clock.Advance(TimeSpan.FromSeconds(1));
        await end.ExpectGoodbyeAsync();

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> one", "[bob]> two", "[bob]> three"], run.Output.Lines);
    }

    [Fact]
    public async Task Controls_from_the_server_reach_neither_output_nor_error()
    {
        using var server = new ScriptedServer();
        using var run = ClientRun.Script(server, TypedLines.Of());
        await using var end = await server.AcceptAsync();
        await end.WelcomeAsync();
        await end.LetDrainAsync(
            KaiPdu.Receive("b\u001Bo\u009Bb", "@general", "\u001B[2Jcleared\u0007"), ServerEnd.Notice("\u001B]0;title\u0007notice"));

        Assert.Equal(0, await run.Exit);
        Assert.Equal(["[bob]> [2Jcleared"], run.Output.Lines);
        Assert.Equal("[SERVER]> ]0;titlenotice", run.Error.Lines[^1]);
    }
}
