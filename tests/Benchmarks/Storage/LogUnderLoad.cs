using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Sqlite;
using KaiChat.TestKit;

namespace KaiChat.Benchmarks.Storage;

/// <summary>A log in a new directory, and messages for it as a busy server has them: many channels, many sessions, a client id each.</summary>
internal sealed class LogUnderLoad : IAsyncDisposable
{
    private const int Conversations = 200;
    private const int Sessions = 1_000;

    /// <summary>The length of a text, in characters.</summary>
    public const int TextLength = 100;

    private readonly string _directory;
    private readonly SqliteMessageLog _log;
    private readonly ConversationId[] _conversations;
    private readonly Author[] _authors = [.. Enumerable.Range(0, Sessions).Select(i => Drafts.Author($"user{i}"))];
    private readonly string _text = new('x', TextLength);
    private int _drafts;

    private LogUnderLoad(string directory, SqliteMessageLog log, ConversationId[] conversations)
    {
        _directory = directory;
        _log = log;
        _conversations = conversations;
    }

    public SqliteMessageLog Log => _log;

    /// <param name="parent">Where to make the directory: its disk is what is measured.</param>
    /// <param name="meters">Sees the commits.</param>
    public static async Task<LogUnderLoad> OpenAsync(string parent, RecordedMeters? meters = null)
    {
        var directory = Path.Combine(parent, $"kaichat-load-{Guid.NewGuid():N}");
        var log = TestStorage.Open(directory, meters: meters);
        var conversations = await Task.WhenAll(
            Enumerable.Range(0, Conversations).Select(i => log.OpenAsync(Drafts.Channel($"@channel{i}"), Drafts.Noon, default)));
        return new LogUnderLoad(directory, log, [.. conversations.Select(conversation => conversation.Id)]);
    }

    public ConversationId Conversation(int i) => _conversations[i % Conversations];

    public Task<AppendResult> AppendAsync()
    {
        var i = Interlocked.Increment(ref _drafts);
        // As browsers make them; consecutive senders are neighbours in no index.
        var id = Guid.NewGuid().ToString();
        return _log.AppendAsync(Drafts.To(Conversation(i * 31), _text, _authors[i * 17L % Sessions], id), default);
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
