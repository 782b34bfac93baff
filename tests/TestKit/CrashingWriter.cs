using System.Globalization;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage.Sqlite;

namespace KaiChat.TestKit;

/// <summary>
/// A process that appends until it is killed. It prints a line for each message whose append was answered: what has been printed must be in the
/// log for ever after.
/// </summary>
internal static class CrashingWriter
{
    /// <summary>How many senders append at the same time, each with one message under way.</summary>
    public const int Senders = 6;

    /// <summary>The conversations they append to, in turn.</summary>
    public static readonly string[] Channels = ["@one", "@two", "@three"];

    /// <summary>The session of a sender: the same in every run, so that a later one can repeat what an earlier one sent.</summary>
    public static Author Sender(int sender) => Drafts.Author($"sender{sender}", new SessionId(sender + 1));

    /// <param name="args">The log's directory and a name for this run.</param>
    private static async Task Main(string[] args)
    {
        await using var log = TestStorage.Open(args[0]);
        var conversations = await Task.WhenAll(Channels.Select(name => log.OpenAsync(Drafts.Channel(name), Drafts.Noon, default)));
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
            SendAsync(log, [.. conversations.Select(conversation => conversation.Id)], sender, args[1]))));
    }

    private static async Task SendAsync(SqliteMessageLog log, ConversationId[] conversations, int sender, string run)
    {
        for (var i = 0; ; i++)
        {
            var id = $"{run}-{i.ToString(CultureInfo.InvariantCulture)}";
            var draft = Drafts.To(conversations[(sender + i) % conversations.Length], $"{sender} says {id}", Sender(sender), id);
            var message = (await log.AppendAsync(draft, default)).Message;
            Console.Out.WriteLine(new Acknowledged(message.Conversation.Value, message.Seq, sender, id).ToLine());
        }
    }

    /// <summary>A line of the process's output.</summary>
    internal sealed record Acknowledged(long Conversation, long Seq, int Sender, string ClientMessageId)
    {
        /// <summary>Ends a line, so that one cut off by the kill does not count.</summary>
        private const string End = ".";

        public string Text => $"{Sender} says {ClientMessageId}";

        public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Conversation} {Seq} {Sender} {ClientMessageId} {End}");

        public static Acknowledged? Parse(string line) =>
            line.Split(' ') is [var conversation, var seq, var sender, var id, End]
                ? new(Number(conversation), Number(seq), (int)Number(sender), id)
                : null;

        private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }
}
