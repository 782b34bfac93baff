using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Chat.Search;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web;

/// <summary>The browsers' door: reads what a page asks, calls the core, translates the answer. Holds no state; one instance lives for one call.</summary>
[Authorize(AuthenticationSchemes = SessionTokenAuthentication.SchemeName)]
internal sealed partial class ChatHub(
    ChatService chat, ChatSearch search, ReadState readState, ChannelKeeper keeper, WebSessions sessions, HubSubscriptions subscriptions, HubFanOut fanOut, IOptions<WebOptions> web,
    IOptions<LimitsOptions> limits, ModerationRules rules, ModerationService moderation, Operators operators,
    ConnectionRegistry connections, TimeProvider clock)
    : Hub<IChatClient>, IChatHub
{
    public const string Path = "/hub";

    /// <summary>The most messages of one answer.</summary>
    public const int MaxPage = 200;

    private const int MaxMessageIdLength = 64;

    /// <summary>The caller's tab. A call may still run when its tab has gone and been forgotten.</summary>
    private HubClient Client => subscriptions.Find(Context.ConnectionId) ?? throw ChatRefusedException.SessionEnded();

    private ChatSession Session => Client.Session ?? throw ChatRefusedException.SessionEnded();

    public override async Task OnConnectedAsync()
    {
        var client = Client;
        // Before any other word: a page that does not know this contract does not take one for something else.
        fanOut.Post([client], nameof(IChatClient.Contract), HubContract.Version, HubContract.OldestPage);
        var who = SessionTokenAuthentication.AuthorOf(Context.GetHttpContext()!);
        if (chat.IsStopping)
        {
            fanOut.SayLast([client], ConnectionEndReason.ServerShutdown, nameof(IChatClient.ServerRestarting), HubGoodbye.ComeBackAfter);
            return;
        }
        var refusal = "This session has ended, and its name may be in use by somebody else.";
        try
        {
            while (await sessions.FindOrReviveAsync(who, client.RemoteEndPoint?.Address, Context.ConnectionAborted) is { } session)
            {
                if (await sessions.AttachAsync(session, client)) return;
                // If its absence ran out at this very moment, the token brings it back.
                if (session.HasEnded) continue;
                refusal = "Too many tabs are open.";
                break;
            }
        }
        catch (ChatRefusedException banned) when (banned.Code == ErrorCodes.Banned)
        {
            fanOut.SayLast([client], ConnectionEndReason.Banned, nameof(IChatClient.SessionEnded), banned.Message);
            return;
        }
        fanOut.SayLast([client], ConnectionEndReason.SessionEnded, nameof(IChatClient.SessionEnded), refusal);
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        var client = Client;
        if (exception is null) client.SetReason(ConnectionEndReason.Quit);
        await sessions.DetachAsync(client);
    }

    public async Task<ChannelSnapshot> Join(string channel)
    {
        var entered = await EnterAsync(channel);
        // Before the messages are read: of a change between the two the page hears twice, and not never.
        var rev = entered.Feed.Rev;
        var latest = await chat.ReadBeforeAsync(entered, long.MaxValue, web.Value.HistoryOnJoin, Context.ConnectionAborted);
        return await SnapshotAsync(entered, latest, rev, lastIfNone: 0, gap: false);
    }

    public async Task<ChannelSnapshot> Resume(string channel, long afterSeq)
    {
        if (afterSeq < 0) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, "afterSeq is a seq: 0 or more.");
        var entered = await EnterAsync(channel);
        var (last, rev) = (entered.Feed.LastSeq, entered.Feed.Rev);
        // What a page has read from the log may not have come to the feed yet; it comes as an event.
        if (afterSeq > last && await chat.IsStoredAsync(entered, afterSeq, Context.ConnectionAborted)) last = afterSeq;
        // A page that missed more than a page's worth, or something that is gone, gets the newest and a gap; one that knows more than there is holds another life of
        // the channel.
        if (afterSeq > last || last - afterSeq > MaxPage || (afterSeq > 0 && afterSeq + 1 < entered.Feed.FirstSeq))
        {
            var latest = await chat.ReadBeforeAsync(entered, long.MaxValue, web.Value.HistoryOnJoin, Context.ConnectionAborted);
            return await SnapshotAsync(entered, latest, rev, lastIfNone: 0, gap: afterSeq > 0 && afterSeq < last);
        }
        var missed = await chat.ReadAfterAsync(entered, afterSeq, MaxPage, Context.ConnectionAborted);
        return await SnapshotAsync(entered, missed, rev, lastIfNone: afterSeq, gap: false);
    }

    public async Task Leave(string channel)
    {
        var name = Parse(channel);
        if (Client.WebSession is not { } session) return;
        await chat.LeaveAsync(session.Chat, name, left =>
        {
            foreach (var tab in session.Tabs) subscriptions.Unsubscribe(tab, left.Id);
            fanOut.Post(session.Tabs, nameof(IChatClient.ChannelLeft), left.Name.Value);
        });
    }

    public Task<Message> Send(string channel, string text, string clientMessageId) => PostAsync(channel, text, clientMessageId, replyTo: null);

    private async Task<Message> PostAsync(string channel, string text, string clientMessageId, long? replyTo)
    {
        var name = Parse(channel);
        if (string.IsNullOrEmpty(clientMessageId) || clientMessageId.Length > MaxMessageIdLength || clientMessageId.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ChatRefusedException(ErrorCodes.MessageIdInvalid, $"clientMessageId has 1 to {MaxMessageIdLength} printable ASCII characters. Nothing was posted.");
        }
        var session = Session;
        var posted = await chat.PostAsync(session, name, text, clientMessageId, replyTo);
        if (!session.Channels.TryGetValue(name, out var channelOfIt)) return posted.ToContract(name);
        readState.Posted(session, channelOfIt, posted.Seq);
        return posted.ToContract(channelOfIt.Name);
    }

    public async Task<HistoryPage> History(string channel, long beforeSeq, int limit)
    {
        var entered = Entered(channel);
        CheckArguments(nameof(beforeSeq), beforeSeq, least: 1, limit, MaxPage);
        return PageOf(entered, await chat.ReadBeforeAsync(entered, beforeSeq, limit, Context.ConnectionAborted));
    }

    public async Task<HistoryPage> HistoryAfter(string channel, long afterSeq, int limit)
    {
        var entered = Entered(channel);
        CheckArguments(nameof(afterSeq), afterSeq, least: 0, limit, MaxPage);
        return PageOf(entered, await chat.ReadAfterAsync(entered, afterSeq, limit, Context.ConnectionAborted));
    }

    public async Task<HistoryPage> HistoryAround(string channel, long seq, int limit)
    {
        var entered = Entered(channel);
        CheckArguments(nameof(seq), seq, least: 1, limit, MaxPage);
        return PageOf(entered, await chat.ReadAroundAsync(entered, seq, limit, Context.ConnectionAborted));
    }

    public async Task<SearchPage> Search(string query, string? cursor, int limit)
    {
        CheckLimit(limit, ChatSearch.MaxHits);
        var found = await search.SearchAsync(Session, query, SearchMapping.ReadCursor(cursor), limit, Context.ConnectionAborted);
        return found.ToContract(limit);
    }

    public Task MarkRead(string channel, long seq)
    {
        var entered = Entered(channel);
        TellMarker(entered, readState.MarkRead(Session, entered, seq));
        return Task.CompletedTask;
    }

    public Task MarkUnread(string channel, long seq)
    {
        var entered = Entered(channel);
        TellMarker(entered, readState.MarkUnread(Session, entered, seq));
        return Task.CompletedTask;
    }

    public Task<NativePreview> PreviewNative(string text)
    {
        // An answer is asked for with a name before its text.
        if (text is null || text.Length > limits.Value.MaxTextLength + NativeText.Of(" ", new string('x', Username.MaxLength)).Length)
        {
            throw new ChatRefusedException(ErrorCodes.TextTooLong, $"At most {limits.Value.MaxTextLength} characters are possible.");
        }
        var seen = NativeText.Render(text);
        return Task.FromResult(new NativePreview(
            seen.Lines,
            seen.Lines.Sum(line => line.Length),
            [.. seen.Replacements.Select(replaced => new NativePreviewReplacement(replaced.Original, replaced.Replacement))]));
    }

    public async Task SignOut()
    {
        var client = Client;
        if (client.WebSession is not { } session) return;
        await sessions.SignOutAsync(session, "You signed out.", client);
        client.CloseSoon(ConnectionEndReason.SessionEnded);
    }

    /// <summary>Enters a channel and subscribes before anything is read, so that nothing falls between: the page drops the overlap by seq.</summary>
    private async Task<Channel> EnterAsync(string channel)
    {
        var (client, session, name) = (Client, Session, Parse(channel));
        var entered = await chat.JoinAsync(session, name, Context.ConnectionAborted);
        subscriptions.Subscribe(client, entered.Id);
        // Another tab may have left the channel, for all of them, between the two.
        if (session.Channels.TryGetValue(name, out var present) && present == entered) return entered;
        subscriptions.Unsubscribe(client, entered.Id);
        throw ChatRefusedException.NotAMember(entered.Name.Value);
    }

    /// <param name="channel">The channel.</param>
    /// <param name="messages">What the page gets.</param>
    /// <param name="rev">The revision before they were read.</param>
    /// <param name="lastIfNone">The newest message when they were read, if they are none: what came since is an event, and the page must not drop it as an overlap.</param>
    /// <param name="gap">Whether more is missing.</param>
    private async Task<ChannelSnapshot> SnapshotAsync(Channel channel, IReadOnlyList<ChatMessage> messages, long rev, long lastIfNone, bool gap)
    {
        var members = await chat.MembersAsync(channel, Context.ConnectionAborted);
        var last = messages.Count > 0 ? messages[^1].Seq : lastIfNone;
        var hasEarlier = messages.Count > 0 ? messages[0].Seq > channel.Feed.FirstSeq : last >= channel.Feed.FirstSeq;
        return new ChannelSnapshot(
            channel.Name.Value,
            channel.Id.ToString(),
            [.. members.Select(member => member.ToContract())],
            messages.ToContract(channel.Name),
            last,
            channel.Feed.FirstSeq,
            hasEarlier,
            gap,
            readState.Of(Session, channel),
            rev,
            channel.Settings.ToContract(),
            rules.MuteOf(Session, channel.Name));
    }

    private static HistoryPage PageOf(Channel channel, IReadOnlyList<ChatMessage> messages) => new(
        channel.Name.Value,
        messages.ToContract(channel.Name),
        HasEarlier: messages.Count > 0 && messages[0].Seq > channel.Feed.FirstSeq,
        HasLater: messages.Count > 0 && messages[^1].Seq < channel.Feed.LastSeq);

    /// <summary>A channel the caller is in.</summary>
    private Channel Entered(string channel)
    {
        var name = Parse(channel);
        return Session.Channels.TryGetValue(name, out var entered) ? entered : throw ChatRefusedException.NotAMember(name.Value);
    }

    private static void CheckArguments(string name, long seq, long least, int limit, int most)
    {
        if (seq < least) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"{name} is a seq: {least} or more.");
        CheckLimit(limit, most);
    }

    private static void CheckLimit(int limit, int most)
    {
        if (limit < 1 || limit > most) throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"limit is 1 to {most}.");
    }

    /// <summary>All tabs of a session show the same marker.</summary>
    private void TellMarker(Channel channel, long? marker)
    {
        if (marker is { } seq && Client.WebSession is { } session) fanOut.Post(session.Tabs, nameof(IChatClient.ReadMarker), channel.Name.Value, seq);
    }

    /// <summary>A channel's name. Pages may leave the @ out, since people do.</summary>
    private static ChannelName Parse(string? channel)
    {
        var name = channel is { Length: > 0 } && channel[0] != '@' ? "@" + channel : channel;
        return ChannelName.TryParse(name, out var parsed, out var error)
            ? parsed
            : throw new ChatRefusedException(ErrorCodes.ChannelInvalid, error.DescribeChannel());
    }
}
