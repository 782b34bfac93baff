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
