namespace KaiChat.NativeClient.Doctor;

/// <summary>A run for people: each PDU as it comes and the report on the output, what to do next on the error stream.</summary>
/// <param name="prompts">False if nobody is there to do it.</param>
internal sealed class TextDoctorView(TextWriter output, TextWriter error, bool hex, bool prompts) : IDoctorView
{
    public void Say(string sentence) => error.WriteLine($"kaichat: {sentence}");

    public void Show(TraceEntry entry)
    {
        output.WriteLine(EntryText.Line(entry));
        if (!hex) return;
        foreach (var row in EntryText.Hex(entry)) output.WriteLine(row);
    }

    public void Ask(string sentence)
    {
        if (prompts) error.WriteLine($">>> {sentence}");
    }

    public void Report(int session, Trace trace, IReadOnlyList<Judgement> judgements)
    {
        foreach (var line in ReportText.Lines(session, trace, judgements)) output.WriteLine(line);
    }
}
