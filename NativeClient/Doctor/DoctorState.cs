namespace KaiChat.NativeClient.Doctor;

/// <summary>How far a client has come (docs/protocols/kaichat.md, "The conversation").</summary>
internal enum DoctorState
{
    /// <summary>Nothing whole has come yet.</summary>
    Idle,

    /// <summary>The server has offered its version.</summary>
    AwaitingVersion,

    /// <summary>The client has selected one.</summary>
    AwaitingClientInfo,

    /// <summary>The client has told its name and is in no channel.</summary>
    Connected,

    /// <summary>The client is in a channel.</summary>
    InChannel,

    /// <summary>The client has said QUIT.</summary>
    Over,
}
