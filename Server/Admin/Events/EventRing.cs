using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Events;

/// <summary>
/// The newest events, and who reads them. A reader is nothing but a place in the ring: however slowly it reads, nothing is held for it, and when the place it is at is
/// overwritten, it is cut off. Publishing never waits. For any thread.
/// </summary>
/// <param name="capacity">Events that are kept.</param>
/// <param name="maxReaders">Readers at a time.</param>
internal sealed class EventRing(int capacity, int maxReaders)
{
    /// <summary>Events taken at a time.</summary>
    private const int Batch = 64;

    private readonly Lock _gate = new();
    private readonly ServerEvent[] _ring = new ServerEvent[capacity];
    private readonly List<EventReader> _readers = [];

    // Ids of another run of the server, or of another ring, are none of this one.
    private readonly string _run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private long _last;
    private bool _ended;

    /// <summary>The number of the event before the oldest that is kept.</summary>
    private long BeforeOldest => Math.Max(0, _last - capacity);

    /// <summary>Whether nothing comes any more, and a reader has all there is.</summary>
    public bool IsOver(EventReader reader)
    {
        lock (_gate) return _ended && reader.At == _last && !reader.MissedSome;
    }

    /// <summary>Adds an event, unless the ring has ended.</summary>
    public void Publish<T>(string topic, string name, T data)
    {
        var encoded = JsonSerializer.SerializeToUtf8Bytes(data, JsonSerializerOptions.Web);
        lock (_gate)
        {
            if (_ended) return;
            _last++;
            _ring[_last % capacity] = new ServerEvent(_last, topic, name, encoded);
            foreach (var reader in _readers)
            {
                if (reader.At < BeforeOldest) reader.CutOff();
                else reader.Wake();
            }
        }
    }

    /// <summary>Nothing comes any more. Readers get what there is and end; more are refused, unless they are to read what is kept.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            foreach (var reader in _readers) reader.Wake();
        }
    }

    /// <summary>Adds an event after which nothing comes.</summary>
    public void EndWith<T>(string topic, string name, T data)
    {
        lock (_gate)
        {
            Publish(topic, name, data);
            End();
        }
    }

    /// <summary>Begins to read.</summary>
    /// <param name="lastEventId">The id of the last event that the reader has; null if it comes for the first time.</param>
    /// <param name="fromOldest">Whether who comes for the first time, or too late, gets what is kept rather than only what comes.</param>
    /// <param name="topics">What it is to hear of; null for everything.</param>
    /// <param name="cutOff">Ends the reader's connection; must not wait.</param>
    /// <exception cref="ChatRefusedException">There are as many readers as may be.</exception>
    public EventReader Read(string? lastEventId, bool fromOldest, IReadOnlySet<string>? topics, Action cutOff)
    {
        lock (_gate)
        {
            if (_readers.Count >= maxReaders) throw new ChatRefusedException(ErrorCodes.LimitReached, $"There are {maxReaders} readers of these events already. End one of them.");
            var begin = fromOldest ? BeforeOldest : _last;
            var resumed = lastEventId is null ? begin : ParseId(lastEventId);
            var reader = new EventReader(resumed ?? begin, MissedSome: resumed is null, topics, cutOff, gone => Forget(gone));
            _readers.Add(reader);
            return reader;
        }
    }

    /// <summary>The reader's next events, oldest first; it has them then. Ended: nothing comes after them.</summary>
    public (IReadOnlyList<ServerEvent> Events, bool Ended) Take(EventReader reader)
    {
        lock (_gate)
        {
            List<ServerEvent> taken = [];
            if (reader.At < BeforeOldest) reader.CutOff();
            else
            {
                while (reader.At < _last && taken.Count < Batch)
                {
                    var next = _ring[++reader.At % capacity];
                    if (reader.Topics?.Contains(next.Topic) != false) taken.Add(next);
                }
            }
            return (taken, _ended && reader.At == _last);
        }
    }

    /// <summary>All events that are kept, oldest first.</summary>
    public IReadOnlyList<ServerEvent> Snapshot()
    {
        lock (_gate) return [.. Enumerable.Range(1, (int)(_last - BeforeOldest)).Select(i => _ring[(BeforeOldest + i) % capacity])];
    }

    public string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"{_run}-{number}");

    private long? ParseId(string id) =>
        id.Split('-') is [var run, var text] && run == _run && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= BeforeOldest && number <= _last
            ? number
            : null;

    private void Forget(EventReader reader)
    {
        lock (_gate) _readers.Remove(reader);
    }
}
