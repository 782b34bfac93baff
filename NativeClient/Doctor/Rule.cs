namespace KaiChat.NativeClient.Doctor;

/// <summary>One rule of the protocol that a client can be seen to keep.</summary>
/// <param name="Id">Stable, for programs.</param>
/// <param name="Section">The heading in docs/protocols/kaichat.md.</param>
/// <param name="Sentence">What is expected.</param>
/// <param name="Check">What a session shows of it; nothing if it had no occasion. Pure.</param>
internal sealed record Rule(string Id, string Section, string Sentence, Func<Trace, IEnumerable<Observation>> Check);

/// <summary>One occasion at which a rule was kept or broken.</summary>
/// <param name="Pdu">The number of the PDU; 0 for the connection as a whole.</param>
/// <param name="Came">What came, for people.</param>
internal sealed record Observation(Outcome Outcome, int Pdu, string Came)
{
    public static Observation Kept(TraceEntry entry, string came) => new(Outcome.Kept, entry.Number, came);

    public static Observation Noted(TraceEntry entry, string came) => new(Outcome.Noted, entry.Number, came);

    public static Observation Broken(TraceEntry entry, string came) => new(Outcome.Broken, entry.Number, came);

    /// <summary>Of the connection as a whole.</summary>
    public static Observation Of(Outcome outcome, string came) => new(outcome, 0, came);
}

/// <summary>What one occasion says.</summary>
internal enum Outcome
{
    /// <summary>As the rule says.</summary>
    Kept,

    /// <summary>Accepted by servers that follow the page, but worth a thought.</summary>
    Noted,

    /// <summary>Against the rule.</summary>
    Broken,
}

/// <summary>What a session says about a rule.</summary>
internal enum Verdict
{
    NotSeen,
    Passed,
    Broken,
}

/// <summary>A rule judged.</summary>
/// <param name="Findings">The notes and the breaches, or the first occasion where it was kept; at most <see cref="MostFindings"/>.</param>
/// <param name="Occasions">How many there were in all.</param>
internal sealed record Judgement(Rule Rule, Verdict Verdict, IReadOnlyList<Observation> Findings, int Occasions)
{
    /// <summary>The most that is told about one rule.</summary>
    public const int MostFindings = 5;

    public static Judgement Of(Rule rule, Trace trace)
    {
        var all = rule.Check(trace).ToList();
        var verdict = all.Count == 0 ? Verdict.NotSeen : all.Exists(seen => seen.Outcome == Outcome.Broken) ? Verdict.Broken : Verdict.Passed;
        var worth = all.Where(seen => seen.Outcome != Outcome.Kept).OrderByDescending(seen => seen.Outcome).Take(MostFindings).ToList();
        return new Judgement(rule, verdict, worth.Count > 0 ? worth : [.. all.Take(1)], all.Count);
    }
}
