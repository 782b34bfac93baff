using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace KaiChat.EndToEnd;

/// <summary>Says words of the hub to a page in the server's place, and answers some of its calls; all else passes to the server and back.</summary>
internal sealed class SaidToThePage
{
    private const char RecordSeparator = '\u001e';

    private readonly TaskCompletionSource<IWebSocketRoute> _route = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, Func<JsonElement, object?>> _answers = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, string> _refusals = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Calls { get; } = new();

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
        server.OnMessage(frame => page.Send(frame.Text!));
        _route.TrySetResult(page);
    }
}
