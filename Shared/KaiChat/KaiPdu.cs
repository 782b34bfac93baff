namespace KaiChat.Shared.KaiChat;

/// <summary>
/// One decoded PDU. Which fields mean something depends on <see cref="Command"/>; the others are empty. Strings hold what the peer sent up to
/// the first NUL, before any rule is applied to it: names may be invalid, a text may hold control characters.
/// </summary>
/// <param name="Command">The command word; a value outside <see cref="KaiCommand"/> is an unknown command, which the session counts.</param>
/// <param name="Username">CLIENT_INFO and JOIN_CHANNEL: the user; RECEIVE_MESSAGE: the sender. One character a byte (Latin-1), so that it can be sent back unchanged.</param>
/// <param name="Channel">JOIN_CHANNEL and RECEIVE_MESSAGE: the channel, with its <c>@</c> if the peer sent one. One character a byte (Latin-1).</param>
/// <param name="Text">SEND_MESSAGE and RECEIVE_MESSAGE: the text, read as UTF-8 if it is valid UTF-8, else as Windows-1252.</param>
/// <param name="Version">VERSION_NEGOTIATION: the version, 1 to <see cref="HighestVersion"/>; 0 if the client's bytes are none.</param>
/// <param name="UpToDate">RECEIVE_MESSAGE: true if it carries no message because there is nothing new.</param>
public readonly record struct KaiPdu(
    KaiCommand Command, string Username = "", string Channel = "", string Text = "", int Version = 0, bool UpToDate = false)
{
    /// <summary>The length of every PDU, in bytes: 256 prefix, 4 command, 2000 parameters.</summary>
    public const int Length = 2260;

    /// <summary>The longest text of one PDU in bytes: the parameters less their closing NUL.</summary>
    public const int MaxTextLength = 1999;

    /// <summary>The highest protocol version this project speaks.</summary>
    public const int HighestVersion = 1;

    /// <summary>PING from a client, PONG from the server.</summary>
    public static KaiPdu Ping { get; } = new(KaiCommand.PingPong);

    /// <summary>The client's question for news.</summary>
    public static KaiPdu Query { get; } = new(KaiCommand.Query);

    /// <summary>The client's farewell to its channel.</summary>
    public static KaiPdu Leave { get; } = new(KaiCommand.LeaveChannel);

    /// <summary>The client's farewell.</summary>
    public static KaiPdu Quit { get; } = new(KaiCommand.Quit);

    /// <summary>The server's highest version, or the version a client selects.</summary>
    public static KaiPdu VersionNegotiation(int version) => new(KaiCommand.VersionNegotiation, Version: version);

    /// <summary>A client's name.</summary>
    public static KaiPdu ClientInfo(string username) => new(KaiCommand.ClientInfo, Username: username);

    /// <summary>A client's wish to enter a channel.</summary>
    public static KaiPdu Join(string username, string channel) => new(KaiCommand.JoinChannel, Username: username, Channel: channel);

    /// <summary>A client's text.</summary>
    public static KaiPdu Send(string text) => new(KaiCommand.SendMessage, Text: text);

    /// <summary>A message for a client.</summary>
    public static KaiPdu Receive(string sender, string channel, string text) =>
        new(KaiCommand.ReceiveMessage, Username: sender, Channel: channel, Text: text);

    /// <summary>The answer to a QUERY when nothing is new.</summary>
    public static KaiPdu NothingNew(string channel) =>
        new(KaiCommand.ReceiveMessage, Username: Names.Username.Reserved, Channel: channel, UpToDate: true);
}
