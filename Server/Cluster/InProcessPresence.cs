using System.Collections.Concurrent;
using KaiChat.Server.Chat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Cluster;

/// <summary>The presence of a server that is one process: two dictionaries. Its lease is the process itself.</summary>
internal sealed class InProcessPresence : IPresence
{
    private readonly ConcurrentDictionary<Username, SessionId> _names = new();
    private readonly ConcurrentDictionary<ConversationId, OrderedDictionary<SessionId, PresentMember>> _members = new();

    public ValueTask<bool> ClaimAsync(Username name, SessionId session, CancellationToken cancellation) =>
        new(_names.GetOrAdd(name, session) == session);

    public ValueTask ReleaseAsync(Username name, SessionId session, CancellationToken cancellation)
    {
        _names.TryRemove(KeyValuePair.Create(name, session));
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> IsFreeAsync(Username name, CancellationToken cancellation) => new(!_names.ContainsKey(name));

    public ValueTask<bool> EnterAsync(ConversationId conversation, PresentMember member, CancellationToken cancellation)
    {
        while (true)
        {
            var members = _members.GetOrAdd(conversation, _ => []);
            lock (members)
            {
                // The last one to leave took the list out of the dictionary: begin a new one.
                if (!_members.TryGetValue(conversation, out var current) || current != members) continue;
                var entered = !members.ContainsKey(member.Who.Session);
                members[member.Who.Session] = member;
                return new(entered);
            }
        }
    }

    public ValueTask<bool> LeaveAsync(ConversationId conversation, SessionId session, CancellationToken cancellation)
    {
        if (!_members.TryGetValue(conversation, out var members)) return new(false);
        lock (members)
        {
            var left = members.Remove(session);
            if (members.Count == 0) _members.TryRemove(KeyValuePair.Create(conversation, members));
            return new(left);
        }
    }

    public ValueTask<IReadOnlyList<PresentMember>> MembersAsync(ConversationId conversation, CancellationToken cancellation)
    {
        if (!_members.TryGetValue(conversation, out var members)) return new([]);
        lock (members) return new([.. members.Values]);
    }

    public ValueTask<int> CountAsync(ConversationId conversation, CancellationToken cancellation)
    {
        if (!_members.TryGetValue(conversation, out var members)) return new(0);
        lock (members) return new(members.Count);
    }
}
