namespace KaiChat.Server.Access;

/// <summary>Who changes something, for the audit log.</summary>
/// <param name="Name">The key's name, and for a change from the chat the username with it: <c>ops as anna</c>. Operators see it; users are told <see cref="Told"/>.</param>
/// <param name="Address">From where; null for the server itself.</param>
/// <param name="RequestId">The request's trace id; null if there is no request.</param>
internal sealed record Actor(string Name, string? Address, string? RequestId)
{
    /// <summary>Between a key's name, which has no spaces, and the username.</summary>
    private const string As = " as ";

    /// <summary>Somebody in the chat who has shown a key.</summary>
    public static Actor InChat(string key, string username, string? address, string? requestId) => new(key + As + username, address, requestId);

    /// <inheritdoc cref="ToldOf"/>
    public string Told => ToldOf(Name);

    /// <summary>What users are told of who did something: of somebody in the chat the username alone, since the names of keys are the operators' own affair.</summary>
    /// <param name="name">As in <see cref="Name"/>.</param>
    public static string ToldOf(string name) => name.IndexOf(As, StringComparison.Ordinal) is >= 0 and var at ? name[(at + As.Length)..] : name;

    /// <summary>The server itself: a level that falls when its time is over, retention.</summary>
    public static Actor Server { get; } = new("server", Address: null, RequestId: null);
}
