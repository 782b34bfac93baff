namespace KaiChat.Shared.KaiChat;

/// <summary>Where the fields of a PDU stand, in bytes from its beginning (docs/protocols/kaichat.md, "The PDU").</summary>
internal static class KaiPduLayout
{
    public const int PrefixLength = 256;

    /// <summary>The command word, 4 bytes in the connection's byte order.</summary>
    public const int Command = PrefixLength;

    public const int Parameters = Command + sizeof(int);

    /// <summary>The username's column is the first of the prefix; a space parts it from the channel's.</summary>
    public const int UsernameLength = Names.Username.MaxLength;

    public const int Channel = UsernameLength + 1;
    public const int ChannelLength = Names.ChannelName.MaxLength;

    /// <summary>The up-to-date flag as the paper's columns have it.</summary>
    public const int Flag = Channel + ChannelLength;

    /// <summary>The up-to-date flag as the author's programs have it: on top of the channel's 41st character.</summary>
    public const int AuthorsFlag = 51;
}
