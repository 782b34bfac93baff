using KaiChat.Shared.Names;

namespace KaiChat.NativeClient.Conversation;

/// <summary>
/// The channel the user is in, as far as a client can know: the server says nothing when it lets somebody in, and a notice when it does not; then the
/// channel before is still the user's. Safe to use from several loops.
/// </summary>
internal sealed class KaiPlace(ChannelName first)
{
    private readonly Lock _gate = new();
    private ChannelName? _channel = first;
    private ChannelName? _before;

    public ChannelName? Channel
    {
        get
        {
            lock (_gate) return _channel;
        }
    }

    public void Ask(ChannelName channel)
    {
        lock (_gate) (_before, _channel) = (_channel, channel);
    }

    /// <summary>The channel left; null if there was none.</summary>
    public ChannelName? Leave()
    {
        lock (_gate)
        {
            var left = _channel;
            (_before, _channel) = (null, null);
            return left;
        }
    }

    public void Refuse(string channel)
    {
        lock (_gate)
        {
            if (IsNamed(channel)) (_before, _channel) = (null, _before);
        }
    }

    public bool IsIn(string channel)
    {
        lock (_gate) return IsNamed(channel);
    }

    private bool IsNamed(string channel) => string.Equals(_channel?.Value, channel, StringComparison.OrdinalIgnoreCase);
}
