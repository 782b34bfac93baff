using KaiChat.Shared.KaiChat;
using static KaiChat.NativeClient.Doctor.Observation;

namespace KaiChat.NativeClient.Doctor;

/// <summary>
/// What a client does after a trial. A server sees only what a client says: one that goes on has survived, one that closes at once without QUIT has not, and
/// only a word that is typed back shows that a person could read it.
/// </summary>
internal static class CopingChecks
{
    /// <summary>A connection that ends so soon after a trial ended because of it.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    public static Rule Rule(Trial trial, string name, string section, string sentence) =>
        new($"copes.{name}", section, $"It {sentence}.", trace => Check(trace, trial));

    /// <summary>The trial that ended the connection, if one did.</summary>
    public static ServerEntry? Suspect(Trace trace) =>
        trace.End is { Reason: EndReason.Closed or EndReason.Lost } end && trace.Entries is [.., ServerEntry { Trial: not Trial.None } last] && end.At - last.At < AtOnce
            ? last
            : null;

    public static IEnumerable<Observation> Shown(Trace trace)
    {
        foreach (var (trial, word) in TrialTexts.Words)
        {
            if (trace.FromServer.LastOrDefault(pdu => pdu.Trial == trial) is not { } sent) continue;
            if (TypedBack(trace, trial, word) is not { } typed) continue;
            var asked = trace.Of(KaiCommand.Query).Count(pdu => pdu.Number > sent.Number && pdu.Number < typed.Number);
            yield return Kept(typed, $"\"{word}\" of #{sent.Number} ({trial}) came back, {asked} QUERYs later");
        }
    }

    /// <summary>A system resets a connection that is closed while something is unread, and drops what was still on its way out: a QUIT, perhaps.</summary>
    public static IEnumerable<Observation> ReadsAll(Trace trace)
    {
        if (!HasAnswers(trace) || Suspect(trace) is not null) yield break;
        if (trace.End is { Reason: EndReason.Closed or EndReason.Quit }) yield return Of(Outcome.Kept, "the connection ended without a reset");
        else if (trace.End is { Reason: EndReason.Lost } end)
        {
            // Behind QUIT nobody has to read an answer that was still on its way.
            yield return trace.Of(KaiCommand.Quit).Any()
                ? Of(Outcome.Noted, $"the connection was reset behind QUIT ({end.Word})")
                : Of(Outcome.Broken, $"the connection was reset ({end.Word}): the client closed it with answers unread, which loses a QUIT that is on its way");
        }
    }

    /// <summary>Whether there was anything to read once a client is signed in.</summary>
    public static bool HasAnswers(Trace trace) => trace.FromServer.Any(pdu => pdu.Pdu.Command == KaiCommand.ReceiveMessage);

    /// <summary>Where the word of a trial was typed back; null if it has not been.</summary>
    public static ClientEntry? TypedBack(Trace trace, Trial trial, string word) =>
        trace.FromServer.LastOrDefault(pdu => pdu.Trial == trial) is { } sent
            ? trace.Of(KaiCommand.SendMessage).FirstOrDefault(pdu => pdu.Number > sent.Number && pdu.Pdu.Text.Contains(word, StringComparison.OrdinalIgnoreCase))
            : null;

    private static IEnumerable<Observation> Check(Trace trace, Trial trial)
    {
        if (trace.FromServer.LastOrDefault(pdu => pdu.Trial == trial) is not { } sent) yield break;
        if (trace.FromClient.FirstOrDefault(pdu => pdu.Number > sent.Number && pdu.Command != KaiCommand.Quit && pdu.State != DoctorState.Over) is { } next)
            yield return Kept(next, $"it went on with {CommandName.Of(next)} after {(next.At - sent.At).TotalSeconds:0.0} s");
        else if (Suspect(trace)?.Trial == trial)
            yield return Broken(sent, $"it closed the connection {(trace.End!.At - sent.At).TotalSeconds:0.000} s later, without QUIT");
    }
}
