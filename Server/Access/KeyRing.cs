namespace KaiChat.Server.Access;

/// <summary>All keys that open something to operators.</summary>
internal sealed class KeyRing(AdminKey admin)
{
    /// <summary>Who holds that key; null if nobody does. The time it takes says nothing about any key.</summary>
    public ValueTask<KeyHolder?> FindAsync(string key) => new(admin.Matches(key) ? new KeyHolder(KeyHolder.Administrator, Scopes.All) : null);
}
