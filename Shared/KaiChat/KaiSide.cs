namespace KaiChat.Shared.KaiChat;

/// <summary>Which end wrote a PDU. The layout of VERSION_NEGOTIATION, the meaning of a prefix and the legal commands depend on it.</summary>
public enum KaiSide
{
    /// <summary>The native client.</summary>
    Client,

    /// <summary>The server.</summary>
    Server,
}
