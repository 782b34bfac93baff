using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>CLIENT_INFO: in, or why not.</summary>
internal sealed partial class KaiSession
{
    private async ValueTask SignInAsync(string username)
    {
        // From here on a client may be silent for as long as its user types: there is no deadline any more, whether the name is good or not.
        connection.EndHandshake();
        try
        {
            if (connection.Expulsion is { Reason: ConnectionEndReason.AddressLimitReached } full) throw full.Refusal;
            if (!Username.TryParse(username, out var name, out var error))
            {
                throw new ChatRefusedException(ErrorCodes.UsernameInvalid, error.DescribeUsername());
            }
            do
            {
                connection.Session = await chat.SignInAsync(name, Origin.Native, connection.RemoteEndPoint?.Address, CancellationToken.None);
            }
            // Once more where an operator ended it before anybody could see whose connection this is: who is banned hears so now.
            while (connection.Session.HasEnded);
            connection.Expulsion = null;
            connection.State = KaiSessionState.Connected;
        }
        catch (ChatRefusedException refused)
        {
            Refused(refused);
            _refusal = KaiNotices.OneLine(refused.Message);
            connection.Session = null;
            connection.Expulsion = ExpulsionBy(refused);
            connection.State = KaiSessionState.NameRefused;
            // Whoever cannot stay has as long to ask why as for a step of the handshake.
            if (connection.Expulsion is not null) connection.BeginStep();
        }
    }

    /// <summary>What a refusal means for the connection: a better name is awaited on it, unless it is none that would help.</summary>
    private KaiExpulsion? ExpulsionBy(ChatRefusedException refused)
    {
        if (connection.Expulsion is { } already && already.Refusal == refused) return already;
        return refused.Code == ErrorCodes.Banned ? new KaiExpulsion(refused, ConnectionEndReason.Banned) : null;
    }
}
