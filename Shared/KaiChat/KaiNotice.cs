namespace KaiChat.Shared.KaiChat;

/// <summary>
/// Beginnings of the server's notices by which a program knows a refusal. Version 1 has no error command, only text from <c>SERVER</c>; people read
/// these as plain words, the terminal client's scripts end with an error on them (docs/protocols/kaichat.md, "Notices").
/// </summary>
public static class KaiNotice
{
    /// <summary>A message that nobody will see: refused by a rule, such as a ban or a read-only channel.</summary>
    public const string NotSent = "Not sent: ";

    /// <summary>A channel that the client asked for and is not in.</summary>
    public const string NotJoined = "Not joined: ";
}
