using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>The server's part, lenient: what is answered to each PDU, whatever was left out before it. A client in a channel gets one trial for each QUERY. Pure.</summary>
internal sealed class Playbook
{
    private readonly Queue<Trial> _trials = new(TrialTexts.OfQuery);
    private bool _offered;

    /// <summary>How many trials are still to come.</summary>
    public int TrialsLeft => _trials.Count;

    /// <param name="pdu">The last PDU of the trace.</param>
    public Answer Next(Trace trace, ClientEntry pdu)
    {
        if (pdu.State == DoctorState.Over) return Answer.None;
        switch (pdu.Command)
        {
            case KaiCommand.PingPong when !_offered:
                _offered = true;
                return new Answer(Trial.Together, [KaiPdu.Ping, KaiPdu.VersionNegotiation(KaiPdu.HighestVersion)]);
            case KaiCommand.PingPong:
                return new Answer(Trial.None, [KaiPdu.Ping]);
            case KaiCommand.VersionNegotiation when !_offered:
                _offered = true;
                return new Answer(Trial.None, [KaiPdu.VersionNegotiation(KaiPdu.HighestVersion)]);
            case KaiCommand.Query when pdu.State == DoctorState.InChannel && _trials.TryDequeue(out var trial):
                return new Answer(trial, TrialTexts.Of(trial, trace.Channel));
            case KaiCommand.Query:
                return new Answer(Trial.None, [KaiPdu.NothingNew(trace.Channel)]);
            default:
                return Answer.None;
        }
    }
}

/// <summary>What the doctor says next.</summary>
/// <param name="Trial">What it tries, which says how it is written.</param>
/// <param name="Pdus">In order; none if nothing is due.</param>
internal sealed record Answer(Trial Trial, IReadOnlyList<KaiPdu> Pdus)
{
    public static Answer None { get; } = new(Trial.None, []);
}
