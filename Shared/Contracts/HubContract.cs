namespace KaiChat.Shared.Contracts;

/// <summary>
/// The number of what <see cref="IChatHub"/> and <see cref="IChatClient"/> say, for pages that are older or newer than the server: a page stays open for days, and a
/// deploy may be taken back. The page has a number of its own, and the lowest of a server that it can do with.
/// </summary>
public static class HubContract
{
    /// <summary>Raised with each released change of the two, also one that old pages do not notice.</summary>
    public const int Version = 1;

    /// <summary>The oldest page that the server gets along with. Raised to <see cref="Version"/> when something is taken away or means something else.</summary>
    public const int OldestPage = 1;
}
