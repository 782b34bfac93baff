using KaiChat.Shared.KaiChat;
using static KaiChat.NativeClient.Doctor.Observation;

namespace KaiChat.NativeClient.Doctor;

/// <summary>What a client says when, from CLIENT_INFO to the end.</summary>
internal static class ConversationChecks
{
    /// <summary>QUERYs that follow each other faster are a busy loop, if there are <see cref="BusyRun"/> of them.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(100);

    private const int BusyRun = 5;

    /// <summary>What counts as about four seconds.</summary>
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(10);

    public static IEnumerable<Observation> JoinAfterClientInfo(Trace trace) => Before(trace, KaiCommand.JoinChannel).Select(pdu =>
        HandshakeChecks.Came(trace, KaiCommand.ClientInfo, pdu) ? Kept(pdu, "it did") : Broken(pdu, "no CLIENT_INFO before it; it is ignored"));

    public static IEnumerable<Observation> SendInChannel(Trace trace) => InChannel(trace, KaiCommand.SendMessage);

    public static IEnumerable<Observation> LeaveInChannel(Trace trace) => InChannel(trace, KaiCommand.LeaveChannel);

    public static IEnumerable<Observation> QueryAfterClientInfo(Trace trace) => Before(trace, KaiCommand.Query).Select(pdu =>
        pdu.State >= DoctorState.Connected ? Kept(pdu, "it did") : Broken(pdu, $"while the server waits ({pdu.State}); it is not answered"));

    public static IEnumerable<Observation> QuitBeforeClosing(Trace trace)
    {
        if (trace.Of(KaiCommand.Quit).FirstOrDefault() is { } quit) yield return Kept(quit, "QUIT");
        // What a reset says is another rule's, if there was something to read.
        else if (trace.FromClient.Any() && CopingChecks.Suspect(trace) is null && trace.End is { } end
            && (end.Reason == EndReason.Closed || (end.Reason == EndReason.Lost && !CopingChecks.HasAnswers(trace))))
            yield return Of(Outcome.Broken, $"the connection ended at {end.At.TotalSeconds:0.000} s without QUIT");
    }

    public static IEnumerable<Observation> QuitIsLast(Trace trace)
    {
        if (trace.Of(KaiCommand.Quit).FirstOrDefault() is not { } quit) yield break;
        yield return Kept(quit, "QUIT");
        foreach (var pdu in trace.FromClient.Where(pdu => pdu.State == DoctorState.Over)) yield return Broken(pdu, $"{CommandName.Of(pdu)} behind QUIT");
    }

    /// <summary>Between two QUERYs without anything between them but the word that nothing is new: what is asked after news, or while a person types, says nothing.</summary>
    public static IEnumerable<Observation> Cadence(Trace trace)
    {
        var gaps = new List<TimeSpan>();
        var (run, longestRun) = (0, 0);
        ClientEntry? before = null;
        var nothingNew = false;
        foreach (var entry in trace.Entries)
        {
            if (entry is ServerEntry { Pdu.Command: KaiCommand.ReceiveMessage } answer) nothingNew = answer.Pdu.UpToDate;
            if (entry is not ClientEntry pdu) continue;
            var asks = pdu is { Command: KaiCommand.Query, State: DoctorState.InChannel };
            if (asks && before is not null && nothingNew)
            {
                gaps.Add(pdu.At - before.At);
                run = gaps[^1] < Busy ? run + 1 : 0;
                longestRun = Math.Max(longestRun, run);
            }

            before = asks ? pdu : null;
        }

        if (longestRun >= BusyRun) return [Of(Outcome.Broken, $"{longestRun + 1} QUERYs in a row, each within {Busy.TotalSeconds:0.0} s though nothing was new")];
        if (gaps.Count < 3) return [];
        gaps.Sort();
        var median = gaps[gaps.Count / 2];
        var came = $"every {median.TotalSeconds:0.0} s, of {gaps.Count} times";
        return [Of(median >= Often && median <= Seldom ? Outcome.Kept : Outcome.Noted, came)];
    }

    private static IEnumerable<Observation> InChannel(Trace trace, KaiCommand command) => Before(trace, command).Select(pdu =>
        pdu.State == DoctorState.InChannel ? Kept(pdu, $"in {VisibleBytes.Of(trace.Channel)}") : Broken(pdu, $"in no channel ({pdu.State}); it is ignored"));

    /// <summary>What comes behind QUIT is another rule's.</summary>
    private static IEnumerable<ClientEntry> Before(Trace trace, KaiCommand command) => trace.Of(command).Where(pdu => pdu.State != DoctorState.Over);
}
