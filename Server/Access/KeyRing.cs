using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using KaiChat.Server.Storage;

namespace KaiChat.Server.Access;

/// <summary>
/// All keys that open something to operators: the first one, and those made through the API, which are kept as hashes and looked up in memory. For any thread.
/// </summary>
internal sealed partial class KeyRing(AdminKey admin, IKeyStore store, TimeProvider clock, ILogger<KeyRing> logger) : IDisposable
{
    /// <summary>What every made key begins with, so that one that lies around is known for what it is.</summary>
    public const string Prefix = "kck_";

    /// <summary>The most keys there may be that are not revoked.</summary>
    public const int MostKeys = 1_000;

    private const int SecretBytes = 32;

    /// <summary>How exactly it is known when a key was last used: writing it with every request would be a commit for each.</summary>
    private static readonly TimeSpan UseEvery = TimeSpan.FromMinutes(1);

    /// <summary>Compared with if there is no key of a hash, so that it takes as long as if there is.</summary>
    private static readonly byte[] Nobody = new byte[SHA256.HashSizeInBytes];

    private readonly SemaphoreSlim _changing = new(1);
    private readonly KeyHolder _administrator = new(KeyHolder.Administrator, Scopes.All) { Ticket = TicketOf(0, admin.Hash) };
    private volatile Ring? _ring;

    /// <summary>A key was revoked: the <see cref="KeyHolder.Ticket"/> of whoever held it.</summary>
    public event Action<string>? Revoked;

    /// <summary>Who holds that key; null if nobody does, or it has expired or was revoked. The time it takes says nothing about any key.</summary>
    /// <exception cref="LogUnavailableException">The keys cannot be read. The first key opens then, too.</exception>
    public ValueTask<KeyHolder?> FindAsync(string key)
    {
        var hash = AdminKey.HashOf(key);
        // The hash is nothing that a caller chooses, so how the table finds it tells nobody anything.
        if (_ring is { } ring) return new(Find(ring, hash));
        return CryptographicOperations.FixedTimeEquals(hash, admin.Hash) ? new(_administrator) : FindAfterReadingAsync(hash);
    }

    /// <summary>Who held a key that was shown before, by <see cref="KeyHolder.Ticket"/>; null if it is not good any more.</summary>
    public async ValueTask<KeyHolder?> RecallAsync(string ticket)
    {
        if (ticket == _administrator.Ticket) return _administrator;
        return (_ring ?? await ReadAsync()).ByTicket.TryGetValue(ticket, out var entry) ? Use(entry) : null;
    }

    /// <summary>All keys there ever were but for the first one, in order of their ids.</summary>
    public async ValueTask<IReadOnlyList<StoredKey>> ListAsync() =>
        [.. (_ring ?? await ReadAsync()).ById.Values.Select(entry => entry.Shown).OrderBy(key => key.Id)];

    /// <summary>A key by its id; null if there never was one.</summary>
    public async ValueTask<StoredKey?> FindAsync(long id) => (_ring ?? await ReadAsync()).ById.GetValueOrDefault(id)?.Shown;

    /// <summary>Makes a key.</summary>
    /// <returns>Its secret, which nobody can ask for again, and what is kept of it. No key: the name is taken, or there are too many.</returns>
    /// <param name="name">Its name.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="madeBy">By whom.</param>
    /// <param name="expiresAt">When it ends; null: never.</param>
    /// <param name="record">What is recorded of it, in the same transaction.</param>
    public async Task<(string Secret, StoredKey? Key)> AddAsync(
        string name, IReadOnlyList<string> scopes, string madeBy, DateTimeOffset? expiresAt, Func<StoredKey, AuditEntry> record)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var ring = _ring ?? await ReadAsync();
        await _changing.WaitAsync();
        try
        {
            if (ring.ById.Values.Count(entry => entry.Shown.RevokedAt is null) >= MostKeys) return (secret, null);
            var key = await store.AddAsync(new NewKey(name, AdminKey.HashOf(secret), scopes, clock.GetUtcNow(), madeBy, expiresAt), record);
            if (key is not null) ring.Put(key);
            return (secret, key);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Whether there are as many keys as there may be.</summary>
    public async ValueTask<bool> IsFullAsync() => (_ring ?? await ReadAsync()).ById.Values.Count(entry => entry.Shown.RevokedAt is null) >= MostKeys;

    /// <summary>Revokes a key, and what was opened with it closes with the next request.</summary>
    /// <param name="id">Which.</param>
    /// <param name="record">What is recorded of it as it was, in the same transaction.</param>
    public async Task RevokeAsync(long id, Func<StoredKey, AuditEntry> record)
    {
        var ring = _ring ?? await ReadAsync();
        await _changing.WaitAsync();
        try
        {
            if (ring.ById.GetValueOrDefault(id) is not { Shown: { RevokedAt: null } before } entry) return;
            var now = clock.GetUtcNow();
            await store.RevokeAsync(id, now, record(before));
            entry.Change(key => key with { RevokedAt = now });
            Revoked?.Invoke(entry.Holder.Ticket);
        }
        finally
        {
            _changing.Release();
        }
    }

    public void Dispose() => _changing.Dispose();

    private async ValueTask<KeyHolder?> FindAfterReadingAsync(byte[] hash) => Find(await ReadAsync(), hash);

    private KeyHolder? Find(Ring ring, byte[] hash)
    {
        var known = ring.ByHash.TryGetValue(Convert.ToHexString(hash), out var entry);
        var isAdministrator = CryptographicOperations.FixedTimeEquals(hash, admin.Hash);
        var isKnown = CryptographicOperations.FixedTimeEquals(hash, known ? entry!.Shown.Key.Hash : Nobody) && known;
        return isAdministrator ? _administrator : isKnown ? Use(entry!) : null;
    }

    /// <summary>Notes a use, without keeping anybody waiting for it.</summary>
    private KeyHolder? Use(Entry entry)
    {
        var now = clock.GetUtcNow();
        var key = entry.Shown;
        if (key.RevokedAt is not null || key.Key.ExpiresAt <= now) return null;
        if (key.LastUsedAt is not { } last || now - last >= UseEvery || now < last)
        {
            entry.Change(used => used with { LastUsedAt = now });
            _ = NoteAsync(key.Id, now);
        }
        return entry.Holder;
    }

    private async Task NoteAsync(long id, DateTimeOffset at)
    {
        try
        {
            await store.NoteUseAsync(id, at);
        }
        catch (LogUnavailableException unavailable)
        {
            // The log tells of its trouble itself; the next use is a minute away.
            UseNotNoted(logger, id, unavailable.Message);
        }
    }

    private async Task<Ring> ReadAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_ring is { } read) return read;
            var ring = new Ring();
            foreach (var key in await store.ReadAsync(CancellationToken.None)) ring.Put(key);
            return _ring = ring;
        }
        finally
        {
            _changing.Release();
        }
    }

    private static string TicketOf(long id, ReadOnlySpan<byte> hash) => $"{id}:{Convert.ToHexStringLower(SHA256.HashData(hash))}";

    [LoggerMessage(6030, LogLevel.Debug, "The use of key {KeyId} could not be noted: {Reason}")]
    private static partial void UseNotNoted(ILogger logger, long keyId, string reason);

    /// <summary>The keys by what they are asked for.</summary>
    private sealed class Ring
    {
        public ConcurrentDictionary<string, Entry> ByHash { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, Entry> ByTicket { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<long, Entry> ById { get; } = new();

        public void Put(StoredKey key)
        {
            var entry = new Entry(key);
            ByHash[Convert.ToHexString(key.Key.Hash)] = entry;
            ByTicket[entry.Holder.Ticket] = entry;
            ById[key.Id] = entry;
        }
    }

    /// <summary>A key and what changes about it.</summary>
    private sealed class Entry(StoredKey key)
    {
        private readonly Lock _lock = new();
        private volatile StoredKey _shown = key;

        public StoredKey Shown => _shown;

        public KeyHolder Holder { get; } = new(key.Key.Name, key.Key.Scopes.ToHashSet(StringComparer.Ordinal))
        {
            Ticket = TicketOf(key.Id, key.Key.Hash),
            ExpiresAt = key.Key.ExpiresAt,
        };

        public void Change(Func<StoredKey, StoredKey> change)
        {
            lock (_lock) _shown = change(_shown);
        }
    }
}
