using KaiChat.NativeClient.Connection;
using KaiChat.Shared.KaiChat;
using KaiChat.Shared.Names;

namespace KaiChat.NativeClient.Conversation;

/// <summary>From the first PING to the first QUERY (docs/protocols/kaichat.md, "The conversation").</summary>
internal static class KaiHandshake
{
    public static async Task ShakeAsync(KaiClientConnection connection, KaiClientOptions options, CancellationToken cancellation)
    {
        await connection.SendAsync(KaiPdu.Ping, cancellation);
        await ExpectAsync(connection, KaiCommand.PingPong, cancellation);
        var offer = await ExpectAsync(connection, KaiCommand.VersionNegotiation, cancellation);
        if (offer.Version == 0) throw new KaiFormatException("version", "the server offers none from 1 to 256");
        // The server names its highest version; the client selects the highest that both speak.
        await connection.SendAsync(KaiPdu.VersionNegotiation(Math.Min(offer.Version, KaiPdu.HighestVersion)), cancellation);
        await connection.SendAsync(KaiPdu.ClientInfo(options.User.Value), cancellation);
        await connection.SendAsync(KaiPdu.Join(options.User.Value, options.Channel.Value), cancellation);
    }

    /// <summary>
    /// Asks until the server has shown that it took the name, and passes on what it says meanwhile. There is no answer to CLIENT_INFO: a refused client is
    /// told so by the same notice at every QUERY, so a notice that comes a second time is the refusal.
    /// </summary>
    /// <param name="show">Receives each message and notice.</param>
    /// <exception cref="KaiClientException">The server refuses the name or the channel.</exception>
    public static async Task ConfirmAsync(
        KaiClientConnection connection, KaiQuestions questions, Action<KaiPdu> show, CancellationToken cancellation)
    {
        await questions.AskAsync(cancellation);
        KaiPdu? notice = null;
        try
        {
            while (true)
            {
                if (await connection.ReadAsync(cancellation) is not { } pdu) throw Closed(notice);
                if (pdu.Command != KaiCommand.ReceiveMessage) continue;
                questions.Answered();
                var isNotice = !pdu.UpToDate && pdu.Username == Username.Reserved;
                if (isNotice && (pdu == notice || pdu.Text.StartsWith(KaiNotice.NotJoined, StringComparison.Ordinal)))
                    throw Refusal(pdu);
                if (notice is { } once) show(once);
                notice = isNotice ? pdu : null;
                if (!pdu.UpToDate && !isNotice) show(pdu);
                if (!pdu.UpToDate && !connection.MoreAtHand) await questions.AskAsync(cancellation);
                if (!isNotice) return;
            }
        }
        catch (KaiClientException lost) when (lost.ExitCode == ExitCode.ConnectionLost && notice is not null)
        {
            // A server that explains and closes with the next QUERY unread resets the connection: what it said is the reason all the same.
            throw Refusal(notice.Value);
        }
    }

    private static async Task<KaiPdu> ExpectAsync(KaiClientConnection connection, KaiCommand expected, CancellationToken cancellation)
    {
        if (await connection.ReadAsync(cancellation) is not { } pdu) throw Closed(notice: null);
        return pdu.Command == expected
            ? pdu
            : throw new KaiFormatException("command", $"the server sends {pdu.Command} where {expected} is due");
    }

    private static KaiClientException Refusal(KaiPdu notice) =>
        new(ExitCode.Refused, $"The server refuses: {SafeText.Of(notice.Text)}");

    /// <param name="notice">The server's last word, which says why.</param>
    private static KaiClientException Closed(KaiPdu? notice) => notice is { } word
        ? Refusal(word)
        : new KaiClientException(ExitCode.ConnectionLost, "The server closed the connection during the handshake.");
}
