using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>Commands as the protocol spells them.</summary>
internal static class CommandName
{
    public static string Of(ClientEntry pdu) => pdu.Command is { } command ? Of(command) : $"command {pdu.Word}";

    public static string Of(KaiCommand command) => command switch
    {
        KaiCommand.Quit => "QUIT",
        KaiCommand.VersionNegotiation => "VERSION_NEGOTIATION",
        KaiCommand.ClientInfo => "CLIENT_INFO",
        KaiCommand.JoinChannel => "JOIN_CHANNEL",
        KaiCommand.SendMessage => "SEND_MESSAGE",
        KaiCommand.ReceiveMessage => "RECEIVE_MESSAGE",
        KaiCommand.LeaveChannel => "LEAVE_CHANNEL",
        KaiCommand.PingPong => "PING_PONG",
        KaiCommand.Query => "QUERY",
        _ => $"command {(int)command}",
    };
}
