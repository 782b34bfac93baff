using System.Collections.Immutable;
using KaiChat.Server.Chat;

namespace KaiChat.Server.Web;

/// <summary>A browser user's session: one user, any number of tabs. Guarded by its <see cref="Gate"/>.</summary>
internal sealed class WebSession(ChatSession chat) : IDisposable
{
    public ChatSession Chat { get; } = chat;

    /// <summary>Attaching, detaching and ending happen one after the other.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    public ImmutableArray<HubClient> Tabs { get; set; } = [];

    /// <summary>Runs while there is no tab: first to "late", then to the end.</summary>
    public ITimer? Absence { get; set; }

    public bool HasEnded { get; set; }

    public void Dispose()
    {
        Absence?.Dispose();
        Gate.Dispose();
    }
}
