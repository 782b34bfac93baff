namespace KaiChat.Shared.KaiChat;

/// <summary>The byte order of a connection's integers: the client's, settled by its first PDU, used by both ends from then on.</summary>
public enum KaiByteOrder
{
    /// <summary>Least significant byte first, as the author's client on x86.</summary>
    Little,

    /// <summary>Most significant byte first, network order.</summary>
    Big,
}
