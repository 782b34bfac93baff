namespace KaiChat.NativeClient.Doctor;

/// <summary>Every rule, in the order of docs/protocols/kaichat.md. To add one: a line here, a check beside its like, a wrong client in the tests.</summary>
internal static class Rules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("transport.speaks-first", "Transport", "The client speaks first.", TransportChecks.SpeaksFirst),
        new("transport.first-byte", "Transport", "A TLS connection begins with 0x16, a plain one with 0x00, the first byte of a PING.", TransportChecks.FirstByte),
        new("pdu.whole", "The PDU", "Every PDU is 2260 bytes; none is left unfinished.", TransportChecks.WholePdus),
        new("pdu.zeroed", "The PDU", "A writer zeroes what stands behind the first NUL of a field.", TransportChecks.Zeroed),
        new("prefix.columns", "The prefix", "The channel of JOIN_CHANNEL stands at 11, behind a space at 10.", NameChecks.Columns),
        new("prefix.username", "The prefix", "The username of JOIN_CHANNEL stands at 0 and is the one of CLIENT_INFO.", NameChecks.SameUsername),
        new("command.known", "Commands", "The command word is 0 to 8.", TransportChecks.KnownCommand),
        new("command.direction", "Commands", "RECEIVE_MESSAGE is the server's.", TransportChecks.Direction),
        new("command.empty-fields", "Commands", "A field without a meaning for its command is empty.", TransportChecks.EmptyFields),
        new("order.ping-first", "Byte order", "The first PDU is a PING: its command word is 07 00 00 00 or 00 00 00 07.", TransportChecks.PingFirst),
        new("order.kept", "Byte order", "No later command word contradicts the byte order of the first.", TransportChecks.OrderKept),
        new("version.number", "The version number", "The client selects 1, as int32 little-endian, int16 big-endian or int32 big-endian.", HandshakeChecks.VersionNumber),
        new("version.after-offer", "The conversation", "The client selects a version once the server has offered one.", HandshakeChecks.VersionAfterOffer),
        new("version.before-client-info", "The conversation", "VERSION_NEGOTIATION comes before CLIENT_INFO.", HandshakeChecks.VersionBeforeClientInfo),
        new("version.once", "The conversation", "VERSION_NEGOTIATION comes once.", HandshakeChecks.VersionOnce),
        new("client-info.once", "The conversation", "CLIENT_INFO comes once, unless its name was refused.", HandshakeChecks.ClientInfoOnce),
        new("ping.in-time", "The conversation", "The whole PING comes within 30 s.", HandshakeChecks.PingInTime),
        new("version.in-time", "The conversation", "VERSION_NEGOTIATION comes within 30 s of the server's.", HandshakeChecks.VersionInTime),
        new("client-info.in-time", "The conversation", "CLIENT_INFO comes within 30 s of VERSION_NEGOTIATION.", HandshakeChecks.ClientInfoInTime),
        new("join.after-client-info", "The conversation", "JOIN_CHANNEL comes behind CLIENT_INFO.", ConversationChecks.JoinAfterClientInfo),
        new("send.in-channel", "The conversation", "SEND_MESSAGE comes from a client that is in a channel.", ConversationChecks.SendInChannel),
        new("leave.in-channel", "The conversation", "LEAVE_CHANNEL comes from a client that is in a channel.", ConversationChecks.LeaveInChannel),
        new("query.after-client-info", "The conversation", "QUERY comes behind CLIENT_INFO.", ConversationChecks.QueryAfterClientInfo),
        new("quit.before-closing", "The conversation", "The client says QUIT before it closes the connection.", ConversationChecks.QuitBeforeClosing),
        new("quit.last", "The conversation", "Nothing comes behind QUIT.", ConversationChecks.QuitIsLast),
        new("name.user", "Names", "A username is 1 to 10 printable ASCII characters, no space at either end, no @ in front, not SERVER.", NameChecks.Username),
        new("name.channel", "Names", "A channel is @ and 1 to 49 more printable ASCII characters without a space.", NameChecks.Channel),
        new("query.cadence", "The author's client, as a server sees it", "In a channel it asks about every four seconds, and never in a busy loop.", ConversationChecks.Cadence),
        new("send.nul", "The PDU", "A text ends in a NUL within its 2000 bytes.", TextChecks.EndsInNul),
        new("send.not-empty", "From native clients", "A text is not empty.", TextChecks.NotEmpty),
        new("send.controls", "From native clients", "A text has no control characters but tab: they are dropped.", TextChecks.NoControls),
        new("send.encoding", "From native clients", "A text is ASCII; UTF-8 and Windows-1252 are understood, too.", TextChecks.Encoding),
        CopingChecks.Rule(Trial.Together, "handshake", "The conversation", "copes with PONG and VERSION_NEGOTIATION in one segment"),
        CopingChecks.Rule(Trial.UpToDate, "up-to-date", "QUERY and RECEIVE_MESSAGE", "copes with an up-to-date PDU: flag 1, no text"),
        CopingChecks.Rule(Trial.Message, "message", "QUERY and RECEIVE_MESSAGE", "copes with a message"),
        CopingChecks.Rule(Trial.Batch, "batch", "QUERY and RECEIVE_MESSAGE", "copes with several PDUs as the answer to one QUERY"),
        new("copes.reads-all", "QUERY and RECEIVE_MESSAGE", "It reads every answer: it does not close over unread ones.", CopingChecks.ReadsAll),
        CopingChecks.Rule(Trial.Slow, "slow", "QUERY and RECEIVE_MESSAGE", "copes with an answer that takes 1.5 s"),
        CopingChecks.Rule(Trial.Notice, "notice", "Notices", "copes with a notice from SERVER"),
        CopingChecks.Rule(Trial.Long, "long", "To native clients", "copes with a text of 1999 bytes"),
        CopingChecks.Rule(Trial.Pong, "pong", "The conversation", "copes with a PONG at any time"),
        CopingChecks.Rule(Trial.Pieces, "pieces", "Transport", "copes with a PDU that TCP delivers in pieces"),
        new("copes.shown", "QUERY and RECEIVE_MESSAGE", "What comes is shown: words of the trials were typed back.", CopingChecks.Shown),
    ];

    public static IReadOnlyList<Judgement> Judge(Trace trace) => [.. All.Select(rule => Judgement.Of(rule, trace))];
}
