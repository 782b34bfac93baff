using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>What a person should do next with the client, so that as many rules as possible are seen. Pure.</summary>
internal static class Prompts
{
    /// <summary>The trials whose words a person is asked for: those that clients get wrong. The others' words count, too.</summary>
    private static readonly Trial[] Asked = [Trial.Batch, Trial.Long, Trial.Pieces];

    /// <param name="trialsLeft">How many trials are still to come.</param>
    public static string Next(Trace trace, int trialsLeft)
    {
        switch (trace.State)
        {
            case DoctorState.Idle or DoctorState.AwaitingVersion:
                return "Wait: the client shakes hands.";
            case DoctorState.AwaitingClientInfo:
                return "Sign in: give your client a name of 1 to 10 characters.";
            case DoctorState.Connected when !trace.Of(KaiCommand.JoinChannel).Any():
                return "Join a channel in your client, such as @general.";
            case DoctorState.Over:
                return "Goodbye.";
        }

        if (!trace.Of(KaiCommand.SendMessage).Any() && trace.State == DoctorState.InChannel) return "Type a message in your client.";
        foreach (var trial in Asked)
        {
            var word = TrialTexts.WordOf(trial);
            if (trace.FromServer.Any(pdu => pdu.Trial == trial) && CopingChecks.TypedBack(trace, trial, word) is null)
                return $"Your client was sent a text that ends in a word ({Describe(trial)}). Type the word in your client, if you see it.";
        }

        if (trialsLeft > 0 && trace.State == DoctorState.InChannel) return "Wait: with each QUERY your client gets one trial.";
        return trace.Of(KaiCommand.LeaveChannel).Any() ? "Quit your client." : "Leave the channel in your client, then quit.";
    }

    private static string Describe(Trial trial) => trial switch
    {
        Trial.Batch => "the last of five that came at once",
        Trial.Long => "at the end of 1999 bytes",
        _ => "the one that came in pieces",
    };
}
