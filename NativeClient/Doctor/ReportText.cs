namespace KaiChat.NativeClient.Doctor;

/// <summary>A report for people, line by line.</summary>
internal static class ReportText
{
    public static IEnumerable<string> Lines(int session, Trace trace, IReadOnlyList<Judgement> judgements)
    {
        yield return "";
        yield return $"Session {session}: {trace.Security ?? "no connection to speak of"}, {trace.FromClient.Count()} PDUs from the client, {trace.FromServer.Count()} to it. {Describe(trace.End)}";
        foreach (var section in judgements.GroupBy(judgement => judgement.Rule.Section))
        {
            yield return "";
            yield return $"{section.Key} (docs/protocols/kaichat.md)";
            foreach (var line in section.SelectMany(Lines)) yield return line;
        }

        yield return "";
        yield return Sum(judgements);
    }

    /// <summary>The last line of a report.</summary>
    public static string Sum(IReadOnlyList<Judgement> judgements)
    {
        var notes = judgements.Count(judgement => judgement.Verdict == Verdict.Passed && judgement.Findings.Any(seen => seen.Outcome == Outcome.Noted));
        return $"{Count(Verdict.Passed)} passed{(notes > 0 ? $" ({notes} with notes)" : "")}, {Count(Verdict.Broken)} broken, {Count(Verdict.NotSeen)} not seen.";

        int Count(Verdict verdict) => judgements.Count(judgement => judgement.Verdict == verdict);
    }

    public static string Describe(TraceEnd? end) => end?.Reason switch
    {
        EndReason.Closed => "The client closed the connection.",
        EndReason.Quit => "The client said QUIT and left the closing to the server.",
        EndReason.Lost => $"The connection broke: {end.Word}",
        EndReason.TimedOut => "The time was over.",
        EndReason.Stopped => "Stopped.",
        EndReason.TooMuch => $"Stopped: more than {Trace.MaxEntries} PDUs.",
        _ => "",
    };

    private static IEnumerable<string> Lines(Judgement judgement)
    {
        var verdict = judgement.Verdict switch { Verdict.Passed => "passed", Verdict.Broken => "BROKEN", _ => "not seen" };
        yield return $"  {verdict,-8}  {judgement.Rule.Id,-26}  {judgement.Rule.Sentence}";
        foreach (var seen in judgement.Findings.Where(seen => seen.Outcome != Outcome.Kept))
        {
            var where = seen.Pdu == 0 ? "" : $" #{seen.Pdu}";
            yield return $"{"",12}{(seen.Outcome == Outcome.Broken ? "seen" : "note")}{where}: {seen.Came}";
        }
    }
}
