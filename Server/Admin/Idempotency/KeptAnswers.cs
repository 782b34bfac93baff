using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Idempotency;

/// <summary>An answer as it was sent.</summary>
internal sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, string? CacheControl, byte[] Body);

/// <summary>
/// The answers to requests with an idempotency key, for a day, each for the holder of the key that asked alone. In memory, never on a disk, since one may hold a new
/// key's secret: a restart forgets them. Beyond so many or so large, the oldest are forgotten before their time.
/// </summary>
internal sealed class KeptAnswers(TimeProvider clock)
{
    /// <summary>The most answers that are kept.</summary>
    public const int MostAnswers = 10_000;

    /// <summary>The most bytes of bodies that are kept.</summary>
    public const long MostBytes = 16 * 1024 * 1024;

    /// <summary>For how long one is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Holder, string Key), Entry> _entries = [];

    /// <summary>Those with an answer, oldest first.</summary>
    private readonly LinkedList<(string Holder, string Key)> _kept = new();

    private long _bytes;

    /// <summary>Begins a request.</summary>
    /// <returns>The answer it had before; null: it is to be done now, and <see cref="End"/> is to be called.</returns>
    /// <exception cref="ChatRefusedException">The key was used for another request, or its request is at work.</exception>
    public KeptAnswer? Begin(string holder, string key, string fingerprint)
    {
        lock (_lock)
        {
            ForgetOld();
            if (!_entries.TryGetValue((holder, key), out var entry))
            {
                _entries[(holder, key)] = new Entry(fingerprint, Answer: null, default);
                return null;
            }
            if (entry.Fingerprint != fingerprint)
            {
                throw new ChatRefusedException(ErrorCodes.IdempotencyMismatch, "This Idempotency-Key was used for another request. Nothing was done; make a new key for each thing that you want.");
            }
            return entry.Answer ?? throw new ChatRefusedException(
                ErrorCodes.IdempotencyRunning, "The first request with this Idempotency-Key is still at work. Ask again in a moment.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Ends a request with its answer. Null: it was refused or failed, and its key is free again.</summary>
    public void End(string holder, string key, KeptAnswer? answer)
    {
        lock (_lock)
        {
            var entry = _entries[(holder, key)];
            if (answer is null || answer.Body.Length > MostBytes)
            {
                _entries.Remove((holder, key));
                return;
            }
            _entries[(holder, key)] = entry with { Answer = answer, At = clock.GetTimestamp() };
            _kept.AddLast((holder, key));
            _bytes += answer.Body.Length;
            while (_kept.Count > MostAnswers || _bytes > MostBytes) ForgetOldest();
        }
    }

    private void ForgetOld()
    {
        while (_kept.First is { } oldest && clock.GetElapsedTime(_entries[oldest.Value].At) >= Lifetime) ForgetOldest();
    }

    private void ForgetOldest()
    {
        _entries.Remove(_kept.First!.Value, out var entry);
        _kept.RemoveFirst();
        _bytes -= entry!.Answer!.Body.Length;
    }

    /// <summary>A request, and its answer once it has one.</summary>
    private sealed record Entry(string Fingerprint, KeptAnswer? Answer, long At);
}
