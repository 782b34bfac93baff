using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KaiChat.NativeClient.Conversation;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>A run for a program: one JSON object a session on the output (docs/doctor.md, "JSON").</summary>
internal sealed class JsonDoctorView(TextWriter output, TextWriter error, bool hex, bool prompts) : IDoctorView
{
    private static readonly DoctorJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Default, // beyond ASCII nothing is written as it is
    });

    public void Say(string sentence) => error.WriteLine($"kaichat: {sentence}");

    public void Show(TraceEntry entry)
    {
    }

    public void Ask(string sentence)
    {
        if (prompts) error.WriteLine($">>> {sentence}");
    }

    public void Report(int session, Trace trace, IReadOnlyList<Judgement> judgements) => output.WriteLine(JsonSerializer.Serialize(
        new JsonReport(
            "report",
            session,
            judgements.Any(judgement => judgement.Verdict == Verdict.Broken) ? "broken" : "passed",
            trace.Security,
            Camel(trace.End?.Reason),
            trace.End?.At.TotalSeconds ?? 0,
            [.. judgements.Select(judgement => new JsonRule(
                judgement.Rule.Id,
                judgement.Rule.Section,
                judgement.Rule.Sentence,
                Camel(judgement.Verdict)!,
                judgement.Occasions,
                [.. judgement.Findings.Select(seen => new JsonFinding(Camel(seen.Outcome)!, seen.Pdu == 0 ? null : seen.Pdu, seen.Came))]))],
            [.. trace.Entries.Select(Pdu)]),
        Context.JsonReport));

    private JsonPdu Pdu(TraceEntry entry)
    {
        var client = entry as ClientEntry;
        var server = entry as ServerEntry;
        var pdu = client?.Pdu ?? server!.Pdu;
        return new JsonPdu(
            entry.Number,
            entry.At.TotalSeconds,
            client is null ? "server" : "client",
            client is null ? KaiPduFields.NameOf(pdu.Command) : CommandName.Of(client),
            Camel(entry.State)!,
            Text(pdu.Username),
            Text(pdu.Channel),
            Text(pdu.Text),
            pdu.Command == KaiCommand.VersionNegotiation ? pdu.Version : null,
            pdu.UpToDate ? true : null,
            server is null or { Trial: Trial.None } ? null : Camel(server.Trial),
            hex ? Convert.ToHexStringLower(entry.Bytes) : null);
    }

    private static string? Text(string text) => text.Length == 0 ? null : SafeText.Of(text);

    private static string? Camel<T>(T value) => value?.ToString() is { } name ? JsonNamingPolicy.CamelCase.ConvertName(name) : null;
}

/// <summary>A session for programs.</summary>
/// <param name="Verdict"><c>passed</c>: every rule that was seen was kept; or <c>broken</c>.</param>
internal sealed record JsonReport(
    string Type, int Session, string Verdict, string? Security, string? End, double Seconds, IReadOnlyList<JsonRule> Rules, IReadOnlyList<JsonPdu> Pdus);

/// <summary>A rule and what was seen of it.</summary>
/// <param name="Verdict"><c>passed</c>, <c>broken</c> or <c>notSeen</c>.</param>
internal sealed record JsonRule(string Id, string Section, string Sentence, string Verdict, int Occasions, IReadOnlyList<JsonFinding> Findings);

/// <summary>An occasion: <c>kept</c>, <c>noted</c> or <c>broken</c>.</summary>
internal sealed record JsonFinding(string Outcome, int? Pdu, string Came);

/// <summary>A PDU; a field that does not apply is left out.</summary>
internal sealed record JsonPdu(
    int Number, double At, string From, string Command, string State, string? Username, string? Channel, string? Text, int? Version, bool? UpToDate, string? Trial, string? Hex);

/// <summary>Generated serialisation, so that nothing is found by reflection at run time.</summary>
[JsonSerializable(typeof(JsonReport))]
internal sealed partial class DoctorJsonContext : JsonSerializerContext;
