using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.TestKit;

/// <summary>A browser user without a browser: a real sign-in and a real hub connection (one tab).</summary>
public sealed class WebUser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HubConnection _hub;
    private readonly WebSocketConnectionFactory _sockets;
    private readonly Channel<HubEvent> _events = Channel.CreateUnbounded<HubEvent>();
    private readonly ConcurrentQueue<Message> _messages = new();

    private WebUser(Uri server, SignInResponse session, string? forwardedFor)
    {
        Session = session;
        _sockets = new WebSocketConnectionFactory { ForwardedFor = forwardedFor };
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(_sockets);
        builder.Services.AddSingleton<IHubProtocol, JsonHubProtocol>();
        builder.Services.AddSingleton<System.Net.EndPoint>(new UriEndPoint(
            new Uri($"ws://{server.Authority}/hub?access_token={Uri.EscapeDataString(session.Token)}")));
        _hub = builder.Build();
        _hub.On<Message>(nameof(IChatClient.MessagePosted), message =>
        {
            _messages.Enqueue(message);
            Note(nameof(IChatClient.MessagePosted), message);
        });
        _hub.On<Message>(nameof(IChatClient.MessageChanged), message => Note(nameof(IChatClient.MessageChanged), message));
        _hub.On<string, string>(nameof(IChatClient.Typing), (channel, member) => Note(nameof(IChatClient.Typing), (channel, member)));
        _hub.On<string, Member>(nameof(IChatClient.MemberJoined), (channel, member) => Note(nameof(IChatClient.MemberJoined), (channel, member)));
        _hub.On<string, string>(nameof(IChatClient.MemberLeft), (channel, member) => Note(nameof(IChatClient.MemberLeft), (channel, member)));
        _hub.On<string, Member>(nameof(IChatClient.MemberChanged), (channel, member) => Note(nameof(IChatClient.MemberChanged), (channel, member)));
        _hub.On<string>(nameof(IChatClient.ChannelLeft), channel => Note(nameof(IChatClient.ChannelLeft), channel));
        _hub.On<Notice>(nameof(IChatClient.Notice), notice => Note(nameof(IChatClient.Notice), notice));
        _hub.On<Kick>(nameof(IChatClient.Kicked), kick => Note(nameof(IChatClient.Kicked), kick));
        _hub.On<string?, Mute?>(nameof(IChatClient.Muted), (channel, mute) => Note(nameof(IChatClient.Muted), (channel, mute)));
        _hub.On<string, long>(nameof(IChatClient.MessagesRemoved), (channel, seq) => Note(nameof(IChatClient.MessagesRemoved), (channel, seq)));
        _hub.On<IReadOnlyList<string>>(nameof(IChatClient.Operating), scopes => Note(nameof(IChatClient.Operating), scopes));
        _hub.On<string>(nameof(IChatClient.SessionEnded), reason => Note(nameof(IChatClient.SessionEnded), reason));
        _hub.On<string, long>(nameof(IChatClient.ReadMarker), (channel, seq) => Note(nameof(IChatClient.ReadMarker), (channel, seq)));
        _hub.On<string, ChannelSettings>(nameof(IChatClient.ChannelChanged), (channel, settings) => Note(nameof(IChatClient.ChannelChanged), (channel, settings)));
        _hub.On<int>(nameof(IChatClient.ServerRestarting), seconds => Note(nameof(IChatClient.ServerRestarting), seconds));
        _hub.Closed += _ =>
        {
            Note("Closed", null);
            return Task.CompletedTask;
        };
    }

    public SignInResponse Session { get; }

    /// <summary>The messages that came as events so far, in the order in which they came.</summary>
    public IReadOnlyCollection<Message> Messages => _messages;

    /// <summary>Signs in and connects; with a channel, joins it.</summary>
    /// <param name="server">The server.</param>
    /// <param name="username">The name.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="forwardedFor">Whose connection it is, as a proxy would say.</param>
    public static Task<WebUser> SignInAsync(ChatServer server, string username, string? channel = null, string? forwardedFor = null) =>
        SignInAsync(server.Web, username, channel, forwardedFor);

    /// <inheritdoc cref="SignInAsync(ChatServer, string, string?, string?)"/>
    public static async Task<WebUser> SignInAsync(Uri server, string username, string? channel = null, string? forwardedFor = null)
    {
        using var http = new HttpClient { BaseAddress = server };
        if (forwardedFor is not null) http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        using var answer = await http.PostAsJsonAsync("/api/v1/sessions", new SignInRequest(username));
        answer.EnsureSuccessStatusCode();
        var session = await answer.Content.ReadFromJsonAsync<SignInResponse>(JsonSerializerOptions.Web);
        var user = await ConnectAsync(server, session!, forwardedFor);
        if (channel is not null) await user.JoinAsync(channel);
        return user;
    }

    /// <summary>Another tab of a session, or the same one after a reload.</summary>
    public static Task<WebUser> ConnectAsync(ChatServer server, SignInResponse session, string? forwardedFor = null) => ConnectAsync(server.Web, session, forwardedFor);

    /// <inheritdoc cref="ConnectAsync(ChatServer, SignInResponse, string?)"/>
    public static async Task<WebUser> ConnectAsync(Uri server, SignInResponse session, string? forwardedFor = null)
    {
        var user = new WebUser(server, session, forwardedFor);
        await user._hub.StartAsync();
        return user;
    }

    public Task<ChannelSnapshot> JoinAsync(string channel) => _hub.InvokeAsync<ChannelSnapshot>(nameof(IChatHub.Join), channel);

    public Task<ChannelSnapshot> ResumeAsync(string channel, long afterSeq) => _hub.InvokeAsync<ChannelSnapshot>(nameof(IChatHub.Resume), channel, afterSeq);

    public Task LeaveAsync(string channel) => _hub.InvokeAsync(nameof(IChatHub.Leave), channel);

    public Task<Message> SendAsync(string channel, string text, string? clientMessageId = null) =>
        _hub.InvokeAsync<Message>(nameof(IChatHub.Send), channel, text, clientMessageId ?? Guid.NewGuid().ToString());

    public Task<Message> SendReplyAsync(string channel, string text, long replyTo, string? clientMessageId = null) =>
        _hub.InvokeAsync<Message>(nameof(IChatHub.SendReply), channel, text, clientMessageId ?? Guid.NewGuid().ToString(), replyTo);

    public Task<Message> EditAsync(string channel, long seq, string text) => _hub.InvokeAsync<Message>(nameof(IChatHub.Edit), channel, seq, text);

    public Task<Message> DeleteAsync(string channel, long seq) => _hub.InvokeAsync<Message>(nameof(IChatHub.Delete), channel, seq);

    public Task<Message> ReactAsync(string channel, long seq, string emoji, bool on = true) => _hub.InvokeAsync<Message>(nameof(IChatHub.React), channel, seq, emoji, on);

    public Task<IReadOnlyList<MessageVersion>> VersionsAsync(string channel, long seq) => _hub.InvokeAsync<IReadOnlyList<MessageVersion>>(nameof(IChatHub.Versions), channel, seq);

    public Task<ChangesPage> ChangesAsync(string channel, long afterRev) => _hub.InvokeAsync<ChangesPage>(nameof(IChatHub.Changes), channel, afterRev);

    public Task TypingAsync(string channel) => _hub.InvokeAsync(nameof(IChatHub.Typing), channel);

    public Task<HistoryPage> HistoryAsync(string channel, long beforeSeq, int limit) =>
        _hub.InvokeAsync<HistoryPage>(nameof(IChatHub.History), channel, beforeSeq, limit);

    public Task<HistoryPage> HistoryAfterAsync(string channel, long afterSeq, int limit) =>
        _hub.InvokeAsync<HistoryPage>(nameof(IChatHub.HistoryAfter), channel, afterSeq, limit);

    public Task<HistoryPage> HistoryAroundAsync(string channel, long seq, int limit) =>
        _hub.InvokeAsync<HistoryPage>(nameof(IChatHub.HistoryAround), channel, seq, limit);

    public Task<SearchPage> SearchAsync(string query, string? cursor = null, int limit = 20) =>
        _hub.InvokeAsync<SearchPage>(nameof(IChatHub.Search), query, cursor, limit);

    public Task<MemberProfile> ProfileAsync(string channel, string memberId) => _hub.InvokeAsync<MemberProfile>(nameof(IChatHub.Profile), channel, memberId);

    public Task MarkReadAsync(string channel, long seq) => _hub.InvokeAsync(nameof(IChatHub.MarkRead), channel, seq);

    public Task MarkUnreadAsync(string channel, long seq) => _hub.InvokeAsync(nameof(IChatHub.MarkUnread), channel, seq);

    public Task<NativePreview> PreviewNativeAsync(string text) => _hub.InvokeAsync<NativePreview>(nameof(IChatHub.PreviewNative), text);

    public Task SetTopicAsync(string channel, string topic) => _hub.InvokeAsync(nameof(IChatHub.SetTopic), channel, topic);

    public Task<IReadOnlyList<string>> OperateAsync(string key) => _hub.InvokeAsync<IReadOnlyList<string>>(nameof(IChatHub.Operate), key);

    public Task KickAsync(string channel, string username, string reason) => _hub.InvokeAsync(nameof(IChatHub.Kick), channel, username, reason);

    public Task<Sanction> ImposeAsync(SanctionRequest request) => _hub.InvokeAsync<Sanction>(nameof(IChatHub.Impose), request);

    public Task<IReadOnlyList<string>> PreviewSanctionAsync(SanctionRequest request) => _hub.InvokeAsync<IReadOnlyList<string>>(nameof(IChatHub.PreviewSanction), request);

    public Task<int> LiftAsync(SanctionKind kind, string username, string? channel = null) => _hub.InvokeAsync<int>(nameof(IChatHub.Lift), kind, username, channel);

    public Task SignOutAsync() => _hub.InvokeAsync(nameof(IChatHub.SignOut));

    /// <summary>Calls any method with any arguments, right or wrong.</summary>
    public Task<JsonElement> InvokeAsync(string method, params object?[]? arguments) => _hub.InvokeCoreAsync<JsonElement>(method, arguments ?? [null]);

    /// <summary>Waits for an event; those before it that do not match are dropped.</summary>
    public async Task<T> WaitForAsync<T>(string name, Func<T, bool>? matches = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var happened = await _events.Reader.ReadAsync(patience.Token);
            if (happened.Name == name && happened.Value is T value && (matches is null || matches(value))) return value;
        }
    }

    /// <summary>Waits until the server has closed the connection.</summary>
    public async Task WaitForCloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await _events.Reader.ReadAsync(patience.Token)).Name != "Closed")
        {
        }
    }

    /// <summary>Waits until so many messages have come as events.</summary>
    public async Task<IReadOnlyList<Message>> WaitForMessagesAsync(int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (_messages.Count < count) await _events.Reader.ReadAsync(patience.Token);
        return [.. _messages];
    }

    /// <summary>Drops the connection without a word, as a lost network does. Does nothing before it is made.</summary>
    public void Abort() => _sockets.Abort();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private void Note(string name, object? value) => _events.Writer.TryWrite(new HubEvent(name, value));

    private sealed record HubEvent(string Name, object? Value);
}
