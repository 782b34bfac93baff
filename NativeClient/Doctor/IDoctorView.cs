namespace KaiChat.NativeClient.Doctor;

/// <summary>Where a run of the doctor is shown.</summary>
internal interface IDoctorView
{
    /// <summary>What the program itself has to say: one sentence.</summary>
    void Say(string sentence);

    /// <summary>One more PDU.</summary>
    void Show(TraceEntry entry);

    /// <summary>What the person should do next with the client.</summary>
    void Ask(string sentence);

    /// <summary>The end of a session.</summary>
    /// <param name="session">Its number, from 1.</param>
    void Report(int session, Trace trace, IReadOnlyList<Judgement> judgements);
}
