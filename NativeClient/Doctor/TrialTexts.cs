using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>What the doctor says in its trials: ASCII, as every server speaks to native clients.</summary>
internal static class TrialTexts
{
    /// <summary>Who says it.</summary>
    public const string Sender = "doctor";

    /// <summary>How many PDUs the batch has.</summary>
    private const int BatchSize = 5;

    /// <summary>The words that show, typed back, that a trial could be read to its end.</summary>
    public static IReadOnlyList<(Trial Trial, string Word)> Words { get; } =
    [
        (Trial.Message, "anchor"), (Trial.Notice, "copper"), (Trial.Batch, "harbour"), (Trial.Long, "lantern"), (Trial.Slow, "meadow"), (Trial.Pieces, "thunder"),
    ];

    public static string WordOf(Trial trial) => Words.Single(pair => pair.Trial == trial).Word;

    /// <summary>The trials that answer the QUERYs of a client in a channel, in order. Behind them everything is up to date.</summary>
    public static IReadOnlyList<Trial> OfQuery { get; } =
        [Trial.UpToDate, Trial.Message, Trial.Notice, Trial.Batch, Trial.Long, Trial.Slow, Trial.Pieces, Trial.Pong];

    /// <param name="channel">The client's channel, in its own spelling.</param>
    public static IReadOnlyList<KaiPdu> Of(Trial trial, string channel) => trial switch
    {
        Trial.UpToDate => [KaiPdu.NothingNew(channel)],
        Trial.Message => [KaiPdu.Receive(Sender, channel, Asking(trial, "A message."))],
        Trial.Notice => [KaiPdu.Receive(Shared.Names.Username.Reserved, channel, Asking(trial, "A notice of the server."))],
        Trial.Batch =>
        [
            .. Enumerable.Range(1, BatchSize - 1).Select(line => KaiPdu.Receive(Sender, channel, $"Line {line} of {BatchSize} that came at once.")),
            KaiPdu.Receive(Sender, channel, Asking(trial, "The last of them.")),
        ],
        Trial.Long => [KaiPdu.Receive(Sender, channel, Longest())],
        Trial.Slow => [KaiPdu.Receive(Sender, channel, Asking(trial, "This took its time."))],
        Trial.Pieces => [KaiPdu.Receive(Sender, channel, Asking(trial, "This came in pieces."))],
        Trial.Pong => [KaiPdu.Ping, KaiPdu.Receive(Sender, channel, "In front of this came a PONG.")],
        _ => throw new ArgumentOutOfRangeException(nameof(trial), trial, "This is no answer to a QUERY."),
    };

    private static string Asking(Trial trial, string text) => $"{text} To show that you see it, type: {WordOf(trial)}";

    private static string Longest()
    {
        var (head, tail) = ("The longest text there is: ", $" To show that you see its end, type: {WordOf(Trial.Long)}");
        return head + new string('.', KaiPdu.MaxTextLength - head.Length - tail.Length) + tail;
    }
}
