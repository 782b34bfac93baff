using System.Collections.Immutable;

namespace KaiChat.Server.Chat.Moderation;

/// <summary>What each raid level does. Operators are exempt from all of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Effect">What it does, for operators.</param>
internal sealed record RaidLevels(string Name, string Effect)
{
    /// <summary>How long somebody is a newcomer, from its sign-in.</summary>
    public static readonly TimeSpan NewFor = TimeSpan.FromMinutes(5);

    /// <summary>From one message of a newcomer to the next, from level 1 on.</summary>
    public static readonly TimeSpan NewcomersPostEvery = TimeSpan.FromSeconds(5);

    /// <summary>By level, from 0.</summary>
    public static ImmutableArray<RaidLevels> All { get; } =
    [
        new("normal", "Nothing is restricted."),
        new("slow", "Who signed in less than 5 minutes ago posts at most one message in 5 seconds."),
        new("guarded", "As level 1; and nobody signs in from an address from which nobody is signed in."),
        new("closed", "Only operators post and change messages, and nobody signs in. Who is here stays and reads."),
    ];
}

/// <summary>The raid level as it was set.</summary>
/// <param name="Level">0 to 3.</param>
/// <param name="Until">When it falls back to 0, UTC; null: when it is set again.</param>
/// <param name="By">Who set it.</param>
internal sealed record RaidState(int Level, DateTimeOffset? Until, string By)
{
    public static RaidState Normal { get; } = new(0, Until: null, "server");
}
