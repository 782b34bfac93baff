using System.Collections.Concurrent;
using KaiChat.Server.Access;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin.Console;

/// <summary>
/// Sign-ins to the console that were ended before their cookie expired, so that a copy of the cookie is worth nothing. In memory: only holders of a good key can add
/// one, and a restart forgets them, as docs/admin-api.md says.
/// </summary>
internal sealed class EndedSignIns(IOptions<AdminOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);

    public void Add(string id)
    {
        var now = clock.GetUtcNow();
        foreach (var (over, until) in _until)
        {
            if (until < now) _until.TryRemove(over, out _);
        }
        // No copy can have been renewed later than now.
        _until[id] = now + options.Value.ConsoleSession;
    }

    public bool Contains(string id) => _until.ContainsKey(id);
}
