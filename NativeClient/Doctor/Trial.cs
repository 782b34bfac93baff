namespace KaiChat.NativeClient.Doctor;

/// <summary>What the doctor tries on a client, beside answering it.</summary>
internal enum Trial
{
    /// <summary>Nothing: an ordinary answer.</summary>
    None,

    /// <summary>PONG and the server's version in one write.</summary>
    Together,

    /// <summary>An up-to-date PDU.</summary>
    UpToDate,

    /// <summary>One message.</summary>
    Message,

    /// <summary>A notice from SERVER.</summary>
    Notice,

    /// <summary>Several messages in one write, as a server in batch mode sends them.</summary>
    Batch,

    /// <summary>The longest text, 1999 bytes.</summary>
    Long,

    /// <summary>An answer that takes its time.</summary>
    Slow,

    /// <summary>A PDU in several writes.</summary>
    Pieces,

    /// <summary>A PONG that answers no PING, in front of a message.</summary>
    Pong,
}
