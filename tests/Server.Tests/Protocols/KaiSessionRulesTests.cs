using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Tests.Protocols;

/// <summary>The whole table, illegal pairs included (docs/protocols/kaichat.md, "The conversation").</summary>
public sealed class KaiSessionRulesTests
{
    private static readonly KaiCommand[] Commands =
    [
        KaiCommand.Quit, KaiCommand.VersionNegotiation, KaiCommand.ClientInfo, KaiCommand.JoinChannel, KaiCommand.SendMessage,
        KaiCommand.ReceiveMessage, KaiCommand.LeaveChannel, KaiCommand.PingPong, KaiCommand.Query,
    ];

    [Theory]
    // The state and, in the order of the command words: Q V C J S R L P ?
    [InlineData("Idle", "Close", "Ignore", "Ignore", "Ignore", "Ignore", "Ignore", "Ignore", "Greet", "Ignore")]
    [InlineData("AwaitingVersion", "Close", "SelectVersion", "Ignore", "Ignore", "Ignore", "Ignore", "Ignore", "Pong", "Ignore")]
    [InlineData("AwaitingClientInfo", "Close", "Ignore", "SignIn", "Ignore", "Ignore", "Ignore", "Ignore", "Pong", "Ignore")]
    [InlineData("NameRefused", "Close", "Ignore", "SignIn", "NoteChannel", "Ignore", "Ignore", "Ignore", "Pong", "Answer")]
    [InlineData("Connected", "Close", "Ignore", "Ignore", "Join", "RefusePost", "Ignore", "Ignore", "Pong", "Answer")]
    [InlineData("InChannel", "Close", "Ignore", "Ignore", "Join", "Post", "Ignore", "Leave", "Pong", "Answer")]
    public void Every_command_has_its_action_in_every_state(string state, params string[] actions)
    {
        var from = Enum.Parse<KaiSessionState>(state);
        Assert.Equal(actions, Commands.Select(command => KaiSessionRules.ActionFor(from, command).ToString()));
    }

    [Fact]
    public void The_table_above_has_all_states_and_commands()
    {
        Assert.Equal(6, Enum.GetValues<KaiSessionState>().Length);
        Assert.Equal(Enum.GetValues<KaiCommand>(), Commands);
    }
}
