namespace KaiChat.NativeClient;

/// <summary>What the program tells its caller (docs/terminal-client.md, "Exit codes"; also in <c>--help</c>). Scripts rely on the numbers.</summary>
internal enum ExitCode
{
    /// <summary>Everything went well.</summary>
    Ok = 0,

    /// <summary>The server could not be reached, or the connection was lost.</summary>
    ConnectionLost = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>The server refused the name, the channel, or a line of a script.</summary>
    Refused = 3,

    /// <summary>The server's certificate is not trusted.</summary>
    CertificateNotTrusted = 4,

    /// <summary>The server does not speak KaiChat as this program knows it.</summary>
    ProtocolError = 5,

    /// <summary>Stopped by Ctrl+C or a signal before the work was done: 128 and the number of SIGINT, as shells have it.</summary>
    Interrupted = 130,
}
