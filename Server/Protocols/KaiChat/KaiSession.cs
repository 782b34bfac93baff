using System.IO.Pipelines;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>
/// One native client's conversation: what <see cref="KaiSessionRules"/> decides is done here. Called by its connection's loop alone, one PDU after
/// the other; the next one is read when the last is dealt with, so a client that floods or does not read slows down nobody but itself.
/// </summary>
internal sealed partial class KaiSession(
    KaiConnection connection, PipeWriter output, ChatService chat, KaiPduCache pdus, KaiChatOptions options, KaiMetrics metrics, TimeProvider clock,
    ILogger logger) : IAsyncDisposable
{
    private readonly KaiAnswerWriter _answers = new(connection, output, chat, pdus);
    private readonly KaiNotices _notices = new(options.MaxNotices);
    private KaiChanges? _changes;
    private KaiTopic? _topic;
    private Channel? _channel;
    private KaiCursor _cursor;
    private string _spelling = "";
    private string _refusal = "";
    private int _unknownInARow;
    private DateTimeOffset _toldToSlowDown;
    private bool _toldUnreadable;
    private bool _putOut;

    /// <summary>Acts on one PDU. Not null: the connection ends, for this reason.</summary>
    public async ValueTask<ConnectionEndReason?> HandleAsync(KaiPdu pdu)
    {
        if (!Enum.IsDefined(pdu.Command)) return CountUnknown();
        _unknownInARow = 0;
        TakeWords();
        switch (KaiSessionRules.ActionFor(connection.State, pdu.Command))
        {
            case KaiAction.Close: return ConnectionEndReason.Quit;
            case KaiAction.Greet: await GreetAsync(); break;
            case KaiAction.Pong: await _answers.SendAsync(KaiPdu.Ping); break;
            case KaiAction.SelectVersion: return await SelectVersionAsync(pdu.Version);
            case KaiAction.SignIn: await SignInAsync(pdu.Username); break;
            case KaiAction.NoteChannel: _spelling = pdu.Channel; break;
            case KaiAction.Join: await JoinAsync(pdu.Channel); break;
            case KaiAction.Post: await PostAsync(pdu.Text); break;
            // Whoever left by itself knows where it is.
            case KaiAction.RefusePost when _putOut: _notices.Add(_spelling, KaiNotice.NotSent + "You are in no channel. Join one first."); break;
            case KaiAction.Leave: await LeaveAsync(); break;
            case KaiAction.Answer: await AnswerAsync(); break;
            default: Ignore(pdu.Command); break;
        }
        // It has heard why it cannot stay.
        if (pdu.Command == KaiCommand.Query && connection is { State: KaiSessionState.NameRefused, Expulsion: { } expulsion }) return expulsion.Reason;
        connection.Follow(_channel, _cursor.Seq);
        return null;
    }

    /// <summary>The connection ends from this side: what is pending, and a word why.</summary>
    public async Task SayGoodbyeAsync(string why)
    {
        if (connection.State < KaiSessionState.NameRefused) return;
        TakeWords();
        while (_notices.TryTake(out var notice)) _answers.Write(notice);
        if (_channel is not null) _cursor = (await _answers.WritePendingAsync(_channel, _spelling, _cursor)).Cursor;
        await _answers.SendAsync(KaiPdu.Receive(Username.Reserved, _spelling, KaiNotices.OneLine(why)));
    }

    /// <summary>What the server has said since the last PDU. Whoever was put out of its channel is in none; out of one that was closed, when it has had the last of it.</summary>
    private void TakeWords()
    {
        if (_channel is { IsClosed: false } && connection.Session!.Channels.GetValueOrDefault(_channel.Name) != _channel)
        {
            _channel = null;
            _putOut = true;
            connection.State = KaiSessionState.Connected;
        }
        while (connection.Words.TryDequeue(out var word)) _notices.Add(_spelling, word);
    }

    private ConnectionEndReason? CountUnknown()
    {
        metrics.Rejected("unknown-command");
        return ++_unknownInARow >= options.MaxUnknownCommands ? ConnectionEndReason.UnknownCommands : null;
    }

    private void Ignore(KaiCommand command)
    {
        metrics.Rejected("not-in-this-state");
        KaiLog.Ignored(logger, connection.Id, command, connection.State);
    }

    private async ValueTask GreetAsync()
    {
        connection.State = KaiSessionState.AwaitingVersion;
        connection.BeginStep();
        _answers.Write(KaiPdu.Ping);
        await _answers.SendAsync(KaiPdu.VersionNegotiation(KaiPdu.HighestVersion));
    }

    private async ValueTask<ConnectionEndReason?> SelectVersionAsync(int version)
    {
        if (version == 0)
        {
            await _answers.SendAsync(KaiPdu.Receive(Username.Reserved, "", $"This server speaks KaiChat versions 1 to {KaiPdu.HighestVersion}; the client chose none of them."));
            return ConnectionEndReason.VersionMismatch;
        }
        connection.ClientVersion = version.ToString();
        connection.State = KaiSessionState.AwaitingClientInfo;
        connection.BeginStep();
        return null;
    }

    private async ValueTask JoinAsync(string channel)
    {
        try
        {
            if (!ChannelName.TryParse(channel, out var name, out var error)) throw new ChatRefusedException(ErrorCodes.ChannelInvalid, error.DescribeChannel());
            var entered = await chat.JoinAsync(connection.Session!, name, CancellationToken.None);
            if (entered != _channel)
            {
                var left = _channel;
                _channel = entered;
                _cursor = new KaiCursor(Math.Max(0, entered.Feed.LastSeq - options.HistoryOnJoin));
                _changes = new KaiChanges(entered, _cursor.Seq, connection.Session!.Id, options, clock);
                _topic = new KaiTopic(entered);
                // One that an operator has closed meanwhile may have had the name of the one that was entered.
                if (left is { IsClosed: false }) await chat.LeaveAsync(connection.Session!, left.Name);
            }
            _spelling = channel;
            _putOut = false;
            connection.State = KaiSessionState.InChannel;
            connection.Polled();
        }
        catch (ChatRefusedException refused)
        {
            Refused(refused);
            _notices.Add(channel, KaiNotice.NotJoined + refused.Message);
        }
    }

    private async ValueTask PostAsync(string text)
    {
        var visible = KaiText.WithoutControls(text);
        while (true)
        {
            try
            {
                await chat.PostAsync(connection.Session!, _channel!.Name, visible, clientMessageId: null);
                return;
            }
            catch (ChatRefusedException refused) when (refused is { Code: ErrorCodes.RateLimited, RetryAfter: { } wait })
            {
                await SlowDownAsync(wait);
                // An operator has ended the connection: what it still wants to say is not heard.
                if (connection.Farewell is not null) return;
            }
            catch (ChatRefusedException refused)
            {
                Refused(refused);
                if (refused.Code != ErrorCodes.TextEmpty) _notices.Add(_spelling, KaiNotice.NotSent + refused.Message);
                return;
            }
        }
    }

    /// <summary>A v1 client cannot repeat what was refused, so a fast one is not refused but read more slowly, and told so once a minute.</summary>
    private async ValueTask SlowDownAsync(TimeSpan wait)
    {
        var now = clock.GetUtcNow();
        if (now - _toldToSlowDown >= TimeSpan.FromMinutes(1))
        {
            _toldToSlowDown = now;
            metrics.Rejected("too-fast");
            _notices.Add(_spelling, "You are posting too fast: your messages are taken more slowly now. Nothing is lost.");
        }
        try
        {
            // Also behind the end of a peer that sends and closes: what it sent is there, and a small buffer bounds it.
            // Delays are cut down to whole milliseconds: less than one would be none, and the next try as well.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), clock, connection.Stopping);
        }
        catch (OperationCanceledException)
        {
            // The connection is to end. If that is because the server stops, posting again says so, and the goodbye passes it on.
        }
    }

    private async ValueTask LeaveAsync()
    {
        await chat.LeaveAsync(connection.Session!, _channel!.Name);
        _channel = null;
        connection.State = KaiSessionState.Connected;
    }

    private async ValueTask AnswerAsync()
    {
        connection.Polled();
        var started = clock.GetTimestamp();
        // Asked before anything is read: what is posted until then is still to be told.
        var closed = _channel is { IsClosed: true };
        if (_channel is not null)
        {
            if (_topic!.Take() is { } topic) _notices.Add(_spelling, topic);
            foreach (var notice in _changes!.Take(_cursor.Seq)) _notices.Add(_spelling, notice);
        }
        if (connection.State == KaiSessionState.NameRefused) await _answers.SendAsync(KaiPdu.Receive(Username.Reserved, _spelling, _refusal));
        else if (await (options.Delivery == KaiDelivery.Batch ? AnswerWithBatchAsync() : AnswerWithOneAsync()) && closed) PutOut();
        metrics.Answered(clock.GetElapsedTime(started));
    }

    /// <summary>An operator has closed the channel. The client has had what was posted before, and hears of it with its next QUERY.</summary>
    private void PutOut()
    {
        _notices.Add(_spelling, $"An operator has closed {_channel!.Name}. You are in no channel now: join another one.");
        _channel = null;
        _putOut = true;
        connection.State = KaiSessionState.Connected;
    }

    /// <returns>Whether the client has all of its channel now.</returns>
    private async ValueTask<bool> AnswerWithBatchAsync()
    {
        var (written, all) = (false, true);
        while (_notices.TryTake(out var notice))
        {
            _answers.Write(notice);
            written = true;
        }
        if (_channel is not null)
        {
            (_cursor, var any, var refused) = await _answers.WritePendingAsync(_channel, _spelling, _cursor);
            written |= any;
            all = refused is null;
            if (Unreadable(refused) is { } unreadable)
            {
                _answers.Write(unreadable);
                written = true;
            }
        }
        if (!written) _answers.Write(KaiPdu.NothingNew(_spelling));
        await _answers.FlushAsync();
        return all;
    }

    /// <returns>Whether the client has all of its channel now.</returns>
    private async ValueTask<bool> AnswerWithOneAsync()
    {
        if (_notices.TryTake(out var notice))
        {
            await _answers.SendAsync(notice);
            return HasRead();
        }
        var (pending, quiet) = ((KaiPdu?)null, false);
        if (_channel is not null)
        {
            (_cursor, pending, var refused) = await _answers.FoldPendingAsync(_channel, _spelling, _cursor);
            // What was removed does not come any more, so the end of a closed channel may be out of reach.
            quiet = pending is null && refused is null;
            pending ??= Unreadable(refused);
        }
        await _answers.SendAsync(pending ?? KaiPdu.NothingNew(_spelling));
        return quiet || HasRead();
    }

    private bool HasRead() => _channel is null || _cursor.Seq >= _channel.Feed.LastSeq;

    /// <summary>The notice that messages cannot be read, once until they can. They wait behind the cursor and come with a later QUERY.</summary>
    private KaiPdu? Unreadable(ChatRefusedException? refused)
    {
        if (refused is not null) Refused(refused);
        var told = _toldUnreadable;
        _toldUnreadable = refused is not null;
        return refused is null || told ? null : KaiPdu.Receive(Username.Reserved, _spelling, refused.Message);
    }

    private void Refused(ChatRefusedException refused)
    {
        metrics.Rejected(refused.Code);
        KaiLog.Refused(logger, connection.Id, refused.Code);
    }

    public async ValueTask DisposeAsync()
    {
        if (connection.Session is { } session) await chat.EndAsync(session);
    }
}
