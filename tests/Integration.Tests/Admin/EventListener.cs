using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Somebody who reads a stream of Server-Sent Events as a browser does.</summary>
internal sealed class EventListener : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _answer;
    private readonly StreamReader _reader;

    private EventListener(HttpClient http, HttpResponseMessage answer, Stream stream)
    {
        (_http, _answer, _reader) = (http, answer, new StreamReader(stream));
    }

    /// <summary>The id of the last event, as a browser would send it when it comes back.</summary>
    public string? LastEventId { get; private set; }

    public HttpStatusCode Status => _answer.StatusCode;

    /// <summary>Whether the stream has ended in the middle, as one does whose connection the server gave up.</summary>
    public bool WasCut { get; private set; }

    public static async Task<EventListener> OpenAsync(ChatServer server, string path, string? lastEventId = null)
    {
        var http = new HttpClient { BaseAddress = server.Web };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(server.Directory, "admin.key"))).Trim());
        if (lastEventId is not null) http.DefaultRequestHeaders.Add("Last-Event-ID", lastEventId);
        var answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead).WaitAsync(Patience.Limit);
        var listener = new EventListener(http, answer, await answer.Content.ReadAsStreamAsync());
        if (answer.StatusCode != HttpStatusCode.OK) return listener;
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        // The stream begins with where it is, which is no event unless it has missed some.
        Assert.Equal("retry: 2000", await listener.ReadLineAsync());
        listener.LastEventId = (await listener.ReadLineAsync())!["id: ".Length..];
        return listener;
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<(string Name, string Data)?> TryReadAsync()
    {
        var (name, data, id) = ("", "", LastEventId);
        while (await ReadLineAsync() is { } line)
        {
            if (line.StartsWith(':')) continue;
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            else if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
            else if (line.Length == 0 && data.Length > 0)
            {
                LastEventId = id;
                return (name, data);
            }
        }
        return null;
    }

    /// <summary>The next event of a name; what comes before is passed over.</summary>
    public async Task<T> NextAsync<T>(string name)
    {
        while (await TryReadAsync() is { } happened)
        {
            if (happened.Name == name) return JsonSerializer.Deserialize<T>(happened.Data, JsonSerializerOptions.Web)!;
        }
        throw new EndOfStreamException($"No {name} came.");
    }

    /// <summary>All events up to the end.</summary>
    public async Task<IReadOnlyList<(string Name, string Data)>> ReadToEndAsync()
    {
        var all = new List<(string Name, string Data)>();
        while (await TryReadAsync() is { } happened) all.Add(happened);
        return all;
    }

    /// <summary>A line as it is; null at the end, however the server made it.</summary>
    public async Task<string?> ReadLineAsync()
    {
        try
        {
            return await _reader.ReadLineAsync().WaitAsync(Patience.Limit);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException)
        {
            WasCut = true;
            return null;
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _answer.Dispose();
        _http.Dispose();
    }
}
