using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace KaiChat.EndToEnd;

/// <summary>Says words of the hub to a page in the server's place, and answers some of its calls; all else passes to the server and back.</summary>
internal sealed partial class SaidToThePage
{
    private const char RecordSeparator = '\u001e';

    private int _connections;
    private (IWebSocketRoute Page, IWebSocketRoute Server)? _latest;
    private readonly TaskCompletionSource<IWebSocketRoute> _route = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Func<JsonElement, object?>> _answers = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>What the server is to say of its contract from the next connection on: its number, and that of the oldest page; null for its own word.</summary>
    public (int Version, int OldestPage)? Contract { get; set; }

    /// <summary>How often the page has connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>To be called before the page connects.</summary>
    public static async Task<SaidToThePage> InterceptAsync(IPage page)
    {
        var said = new SaidToThePage();
        await page.RouteWebSocketAsync("**/hub**", said.Route);
        return said;
    }

    /// <summary>Has a call fail with the server's words: <c>code: sentence</c>.</summary>
    public void Refuse(string method, string error) => _refusals[method] = error;

    public void Answer(string method, Func<JsonElement, object?> answer) => _answers[method] = answer;

    public async Task SayAsync(string target, params object?[] arguments) => Send(await _route.Task, new { type = 1, target, arguments });

    /// <summary>Ends the page's connection, as a server does that restarts.</summary>
    public async Task BreakAsync()
    {
        var (page, server) = _latest!.Value;
        await server.CloseAsync();
        await page.CloseAsync();
    }

    private static void Send(IWebSocketRoute page, object frame) => page.Send(JsonSerializer.Serialize(frame, JsonSerializerOptions.Web) + RecordSeparator);

    private void Route(IWebSocketRoute page)
    {
        var server = page.ConnectToServer();
        page.OnMessage(frame =>
        {
            foreach (var part in frame.Text!.Split(RecordSeparator, StringSplitOptions.RemoveEmptyEntries))
            {
                using var call = JsonDocument.Parse(part);
                if (call.RootElement.TryGetProperty("target", out var target) && _refusals.TryGetValue(target.GetString()!, out var error))
                {
                    Send(page, new { type = 3, invocationId = call.RootElement.GetProperty("invocationId").GetString(), error });
                }
                else if (target.ValueKind == JsonValueKind.String && _answers.TryGetValue(target.GetString()!, out var answer))
                {
                    var arguments = call.RootElement.GetProperty("arguments");
                    Calls.Enqueue(target.GetString() + arguments.GetRawText());
                    Send(page, new { type = 3, invocationId = call.RootElement.GetProperty("invocationId").GetString(), result = answer(arguments) });
                }
                else server.Send(part + RecordSeparator);
            }
        });
        var contract = Contract;
        server.OnMessage(frame => page.Send(contract is var (version, oldestPage)
            ? ContractWord().Replace(frame.Text!, $"\"target\":\"Contract\",\"arguments\":[{version},{oldestPage}]")
            : frame.Text!));
        _latest = (page, server);
        Interlocked.Increment(ref _connections);
        _route.TrySetResult(page);
    }

    [GeneratedRegex("\"target\":\"Contract\",\"arguments\":\\[\\d+,\\d+\\]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContractWord();
}
