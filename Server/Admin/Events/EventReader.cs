using System.Threading.Channels;

namespace KaiChat.Server.Admin.Events;

/// <summary>Somebody who reads an <see cref="EventRing"/>, under whose lock its place moves.</summary>
internal sealed class EventReader(long at, bool MissedSome, IReadOnlySet<string>? topics, Action cutOff, Action<EventReader> forget) : IDisposable
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The last event it has.</summary>
    public long At { get; set; } = at;

    /// <summary>Whether it came back too late for some events.</summary>
    public bool MissedSome { get; } = MissedSome;

    public IReadOnlySet<string>? Topics => topics;

    /// <summary>There is something to do for it.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    public void CutOff() => cutOff();

    public async ValueTask WhenWokenAsync(CancellationToken cancellation) => await _wake.Reader.ReadAsync(cancellation);

    public void Dispose() => forget(this);
}
