namespace KaiChat.Shared.KaiChat;

/// <summary>The command words of KaiChat version 1 (docs/protocols/kaichat.md, "Commands").</summary>
public enum KaiCommand
{
    /// <summary>Client: goodbye; closes the connection from any state.</summary>
    Quit = 0,

    /// <summary>Server: its highest version. Client: the version it selects.</summary>
    VersionNegotiation = 1,

    /// <summary>Client: the username.</summary>
    ClientInfo = 2,

    /// <summary>Client: enter a channel, leaving the present one.</summary>
    JoinChannel = 3,

    /// <summary>Client: a text for the channel it is in.</summary>
    SendMessage = 4,

    /// <summary>Server: a message, or the word that there is none; the answer to <see cref="Query"/>.</summary>
    ReceiveMessage = 5,

    /// <summary>Client: leave the channel.</summary>
    LeaveChannel = 6,

    /// <summary>Both: a sign of life; the client's first PDU, which settles its byte order.</summary>
    PingPong = 7,

    /// <summary>Client: anything new?</summary>
    Query = 8,
}
