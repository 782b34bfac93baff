using System.Diagnostics.Metrics;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Diagnostics;

/// <summary>The core's instruments: meter <c>KaiChat.Chat</c>.</summary>
internal sealed class ChatMetrics
{
    public const string MeterName = "KaiChat.Chat";

    private readonly Counter<long> _posted;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _removed;

    public ChatMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _posted = meter.CreateCounter<long>("kaichat.messages.posted", "{message}", "Messages taken into the log, by origin.");
        _repeated = meter.CreateCounter<long>("kaichat.messages.repeated", "{message}", "Repeated sends that were answered with their first result.");
        _removed = meter.CreateCounter<long>("kaichat.messages.removed", "{message}", "Messages that retention removed.");
    }

    public void MessagesRemoved(int messages) => _removed.Add(messages);

    public void MessagePosted(Origin origin, bool repeated)
    {
        if (repeated) _repeated.Add(1);
        else _posted.Add(1, new KeyValuePair<string, object?>("origin", origin == Origin.Native ? "native" : "web"));
    }
}
