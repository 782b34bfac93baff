using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Where a native client's conversation with the server stands (docs/protocols/kaichat.md, "The conversation").</summary>
internal enum KaiSessionState
{
    /// <summary>Accepted; a PING is awaited.</summary>
    Idle,

    /// <summary>PONG and VERSION_NEGOTIATION are sent; the client's choice is awaited.</summary>
    AwaitingVersion,

    /// <summary>A username is awaited.</summary>
    AwaitingClientInfo,

    /// <summary>The username was refused; a better one is awaited, and every QUERY is answered with the reason.</summary>
    NameRefused,

    /// <summary>Signed in, in no channel.</summary>
    Connected,

    /// <summary>In a channel.</summary>
    InChannel,
}

/// <summary>What the server does about a command.</summary>
internal enum KaiAction
{
    /// <summary>Nothing: the state does not allow the command, and that is never answered by a disconnect.</summary>
    Ignore,

    /// <summary>PONG, then VERSION_NEGOTIATION.</summary>
    Greet,

    /// <summary>PONG.</summary>
    Pong,

    /// <summary>Take the client's choice of version.</summary>
    SelectVersion,

    /// <summary>Claim the username.</summary>
    SignIn,

    /// <summary>Remember which channel the refused client thinks it is in: its notices must name it.</summary>
    NoteChannel,

    /// <summary>Enter the channel, leaving the present one.</summary>
    Join,

    /// <summary>Post the text.</summary>
    Post,

    /// <summary>Tell that it is in no channel, if it was put out of one; otherwise nothing.</summary>
    RefusePost,

    /// <summary>Leave the channel.</summary>
    Leave,

    /// <summary>Send what is pending, or that there is nothing.</summary>
    Answer,

    /// <summary>Close.</summary>
    Close,
}

/// <summary>Which command does what in which state: all of it.</summary>
internal static class KaiSessionRules
{
    public static KaiAction ActionFor(KaiSessionState state, KaiCommand command) => (state, command) switch
    {
        (_, KaiCommand.Quit) => KaiAction.Close,

        (KaiSessionState.Idle, KaiCommand.PingPong) => KaiAction.Greet,
        (_, KaiCommand.PingPong) => KaiAction.Pong,

        (KaiSessionState.AwaitingVersion, KaiCommand.VersionNegotiation) => KaiAction.SelectVersion,

        (KaiSessionState.AwaitingClientInfo, KaiCommand.ClientInfo) => KaiAction.SignIn,
        (KaiSessionState.NameRefused, KaiCommand.ClientInfo) => KaiAction.SignIn,
        (KaiSessionState.NameRefused, KaiCommand.JoinChannel) => KaiAction.NoteChannel,
        (KaiSessionState.NameRefused, KaiCommand.Query) => KaiAction.Answer,

        (KaiSessionState.Connected, KaiCommand.JoinChannel) => KaiAction.Join,
        (KaiSessionState.Connected, KaiCommand.SendMessage) => KaiAction.RefusePost,
        (KaiSessionState.Connected, KaiCommand.Query) => KaiAction.Answer,

        (KaiSessionState.InChannel, KaiCommand.JoinChannel) => KaiAction.Join,
        (KaiSessionState.InChannel, KaiCommand.SendMessage) => KaiAction.Post,
        (KaiSessionState.InChannel, KaiCommand.LeaveChannel) => KaiAction.Leave,
        (KaiSessionState.InChannel, KaiCommand.Query) => KaiAction.Answer,

        _ => KaiAction.Ignore,
    };
}
