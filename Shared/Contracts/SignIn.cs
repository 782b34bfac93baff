namespace KaiChat.Shared.Contracts;

/// <summary>The body of <c>POST /api/v1/sessions</c>.</summary>
/// <param name="Username">The name to chat under.</param>
public sealed record SignInRequest(string? Username);

/// <summary>The answer to <c>POST /api/v1/sessions</c>.</summary>
/// <param name="Token">What <c>/hub</c> takes as <c>access_token</c>. Secret; worth a session until <paramref name="ExpiresAt"/>, over reloads and restarts.</param>
/// <param name="SessionId">The session, opaque; equals <see cref="Message.AuthorId"/> of its messages.</param>
/// <param name="Username">The name, as spelt.</param>
/// <param name="ExpiresAt">When the token ends, UTC.</param>
/// <param name="MaxTextLength">The longest text of a message, in UTF-16 code units.</param>
/// <param name="NativeLineBytes">The bytes one PDU holds: longer lines reach native members in parts.</param>
/// <param name="NativePort">The port native clients connect to; 0 if that front-end is off.</param>
/// <param name="ResumeSeconds">How long a session that lost its last connection keeps its name and channels.</param>
/// <param name="EditSeconds">How long an own message can be edited after it was posted; 0: never.</param>
/// <param name="PageVersion">Which page the server has now, opaque: another one than at the page's own start means that there is a newer page. Empty if the server has none.</param>
public sealed record SignInResponse(
    string Token,
    string SessionId,
    string Username,
    DateTimeOffset ExpiresAt,
    int MaxTextLength,
    int NativeLineBytes,
    int NativePort,
    int ResumeSeconds,
    int EditSeconds,
    string PageVersion);
