namespace KaiChat.NativeClient.Conversation;

/// <summary>Something for the user to see. Its strings are as the server sent them: whoever shows them makes them safe to show.</summary>
/// <param name="At">When this client learnt of it; the protocol tells no time.</param>
internal abstract record ChatEvent(DateTimeOffset At);

/// <summary>Somebody wrote one line.</summary>
internal sealed record ChatLine(string Channel, string Author, string Text, DateTimeOffset At) : ChatEvent(At);

/// <summary>The server itself said something: a refusal, or news of the server.</summary>
internal sealed record ServerNotice(string Channel, string Text, DateTimeOffset At) : ChatEvent(At);

/// <summary>This client says how things stand.</summary>
/// <param name="Event">A word that programs can rely on.</param>
/// <param name="Text">A sentence for people.</param>
internal sealed record ClientStatus(StatusEvent Event, string Text, DateTimeOffset At) : ChatEvent(At);

/// <summary>What a <see cref="ClientStatus"/> is about; in JSON the names begin with a small letter.</summary>
internal enum StatusEvent
{
    /// <summary>The connection stands; the text says how it is secured.</summary>
    Connected,

    /// <summary>The server was asked for a channel; it says so only if it refuses.</summary>
    Joined,

    /// <summary>The channel was left.</summary>
    Left,

    /// <summary>An answer to something the user typed.</summary>
    Answer,

    /// <summary>The program ends because of this.</summary>
    Error,
}
