namespace KaiChat.Shared.Contracts;

/// <summary>The stable codes that hub errors and problem documents carry. docs/errors.md says of each what happened and what helps.</summary>
public static class ErrorCodes
{
    /// <summary>The username breaks a rule.</summary>
    public const string UsernameInvalid = "username-invalid";

    /// <summary>Somebody on the server has that name, in some letter case.</summary>
    public const string UsernameTaken = "username-taken";

    /// <summary>The channel name breaks a rule.</summary>
    public const string ChannelInvalid = "channel-invalid";

    /// <summary>The caller is not in that channel.</summary>
    public const string NotAMember = "not-a-member";

    /// <summary>Nothing visible is in the text.</summary>
    public const string TextEmpty = "text-empty";

    /// <summary>The text is longer than the server takes.</summary>
    public const string TextTooLong = "text-too-long";

    /// <summary>The client message id is missing or longer than 64 characters.</summary>
    public const string MessageIdInvalid = "message-id-invalid";

    /// <summary>There is no message of that seq in the channel, not yet or not any more: it may have been deleted.</summary>
    public const string MessageNotFound = "message-not-found";

    /// <summary>Only the author may do that, under the session that wrote the message.</summary>
    public const string NotTheAuthor = "not-the-author";

    /// <summary>The message is too old to be edited.</summary>
    public const string EditTooLate = "edit-too-late";

    /// <summary>The reaction is not one emoji.</summary>
    public const string ReactionInvalid = "reaction-invalid";

    /// <summary>An argument is outside its range.</summary>
    public const string ArgumentInvalid = "argument-invalid";

    /// <summary>The search query cannot be understood; the sentence says which part.</summary>
    public const string QueryInvalid = "query-invalid";

    /// <summary>Too many in too short a time; the sentence says when to go on.</summary>
    public const string RateLimited = "rate-limited";

    /// <summary>A limit of the server is reached: sessions, channels, channels of one session, or kinds of reactions to one message.</summary>
    public const string LimitReached = "limit-reached";

    /// <summary>The user, or its address, is banned; the sentence says by whom, why and until when.</summary>
    public const string Banned = "banned";

    /// <summary>The user is muted; the sentence says by whom, why and until when.</summary>
    public const string Muted = "muted";

    /// <summary>Only operators may post in that channel.</summary>
    public const string ChannelReadOnly = "channel-read-only";

    /// <summary>The server takes no new users for now, or less of them: its operators have raised the raid level.</summary>
    public const string RaidLevel = "raid-level";

    /// <summary>That is for operators, and the caller's key does not allow it; the sentence names the missing scope.</summary>
    public const string ScopeMissing = "scope-missing";

    /// <summary>The session has ended or expired: sign in again.</summary>
    public const string SessionEnded = "session-ended";

    /// <summary>The log cannot be written: nothing was posted, the same message may be sent again.</summary>
    public const string StorageUnavailable = "storage-unavailable";

    /// <summary>The server is stopping.</summary>
    public const string ShuttingDown = "shutting-down";

    /// <summary>No such thing.</summary>
    public const string NotFound = "not-found";

    /// <summary>It has changed since the caller read it: the <c>If-Match</c> does not fit any more.</summary>
    public const string PreconditionFailed = "precondition-failed";

    /// <summary>A job of that kind is at work already.</summary>
    public const string JobRunning = "job-running";

    /// <summary>The admin key is missing or wrong.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>The admin API is closed to the caller's address.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>The request body or a parameter cannot be read.</summary>
    public const string RequestInvalid = "request-invalid";

    /// <summary>A request with the console's cookie does not have its anti-forgery token.</summary>
    public const string AntiforgeryInvalid = "antiforgery-invalid";

    /// <summary>There is one of that name already.</summary>
    public const string AlreadyExists = "already-exists";

    /// <summary>The idempotency key was used for another request.</summary>
    public const string IdempotencyMismatch = "idempotency-mismatch";

    /// <summary>The request of that idempotency key is still at work.</summary>
    public const string IdempotencyRunning = "idempotency-running";

    /// <summary>A fault of the server.</summary>
    public const string ServerFault = "server-fault";
}
