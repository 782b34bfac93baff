using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>Commands as the protocol spells them; a word that is none, as a number.</summary>
internal static class CommandName
{
    public static string Of(ClientEntry pdu) => pdu.Command is { } command ? KaiPduFields.NameOf(command) : $"command {pdu.Word}";
}
