using System.Buffers.Binary;
using KaiChat.Shared.KaiChat;

namespace KaiChat.NativeClient.Doctor;

/// <summary>
/// One session as it went: every PDU with its time and the client's state, and how it ended. Pure: the rules read nothing else. A state follows what a client
/// says, even if it left something out, so that one mistake is not counted again with every PDU behind it.
/// </summary>
internal sealed class Trace
{
    /// <summary>The most PDUs of a session, both directions: 4.5 MB.</summary>
    public const int MaxEntries = 2000;

    private readonly List<TraceEntry> _entries = [];

    /// <summary>How the connection is secured; null while its first byte has not come.</summary>
    public string? Security { get; set; }

    /// <summary>The very first byte that came; null if none did.</summary>
    public byte? FirstByte { get; set; }

    /// <summary>More had come behind the PING before the server's version went out.</summary>
    public bool Hasty { get; set; }

    public IReadOnlyList<TraceEntry> Entries => _entries;

    public IEnumerable<ClientEntry> FromClient => _entries.OfType<ClientEntry>();

    public IEnumerable<ServerEntry> FromServer => _entries.OfType<ServerEntry>();

    public bool IsFull => _entries.Count >= MaxEntries;

    /// <summary>Where the client is after the last entry.</summary>
    public DoctorState State { get; private set; }

    /// <summary>The order that the first PDU settled, as well as it can be read from it; little-endian before.</summary>
    public KaiByteOrder Order { get; private set; }

    /// <summary>The channel the client named last, in its spelling; empty before.</summary>
    public string Channel { get; private set; } = "";

    /// <summary>How it ended; null while it goes on.</summary>
    public TraceEnd? End { get; set; }

    public IEnumerable<ClientEntry> Of(KaiCommand command) => FromClient.Where(pdu => pdu.Command == command);

    public ClientEntry AddClient(byte[] bytes, TimeSpan at)
    {
        if (!FromClient.Any()) Order = Settle(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(PduField.Command)));
        var pdu = ClientEntry.Read(_entries.Count + 1, at, bytes, State, Order);
        _entries.Add(pdu);
        State = After(State, pdu.Command);
        if (pdu.Command == KaiCommand.JoinChannel) Channel = pdu.Pdu.Channel;
        return pdu;
    }

    public ServerEntry AddServer(KaiPdu pdu, Trial trial, TimeSpan at)
    {
        var bytes = new byte[KaiPdu.Length];
        KaiPduCodec.Write(bytes, pdu, KaiSide.Server, Order);
        var entry = new ServerEntry(_entries.Count + 1, at, bytes, State, pdu, trial);
        _entries.Add(entry);
        return entry;
    }

    private static DoctorState After(DoctorState state, KaiCommand? command) => (state, command) switch
    {
        (DoctorState.Over, _) => state,
        (_, KaiCommand.Quit) => DoctorState.Over,
        (DoctorState.Idle, KaiCommand.PingPong) => DoctorState.AwaitingVersion,
        ( < DoctorState.AwaitingClientInfo, KaiCommand.VersionNegotiation) => DoctorState.AwaitingClientInfo,
        ( < DoctorState.Connected, KaiCommand.ClientInfo) => DoctorState.Connected,
        (_, KaiCommand.JoinChannel) => DoctorState.InChannel,
        (DoctorState.InChannel, KaiCommand.LeaveChannel) => DoctorState.Connected,
        _ => state,
    };

    /// <summary>A first word that is no PING can still show its order.</summary>
    private static KaiByteOrder Settle(int word) =>
        !ClientEntry.IsCommand(word) && ClientEntry.IsCommand(BinaryPrimitives.ReverseEndianness(word)) ? KaiByteOrder.Big : KaiByteOrder.Little;
}

/// <summary>The end of a session.</summary>
/// <param name="Reason">Why nothing more was read.</param>
/// <param name="At">Since the connection was accepted.</param>
/// <param name="LeftOver">Bytes of a PDU that was not whole by then.</param>
/// <param name="Word">More about it, for people; null if there is nothing to say.</param>
internal sealed record TraceEnd(EndReason Reason, TimeSpan At, int LeftOver = 0, string? Word = null);

/// <summary>Why a session ended.</summary>
internal enum EndReason
{
    /// <summary>The client closed the connection.</summary>
    Closed,

    /// <summary>The client said QUIT and left it to the server to close.</summary>
    Quit,

    /// <summary>The connection broke.</summary>
    Lost,

    /// <summary>The session took longer than it may.</summary>
    TimedOut,

    /// <summary>The person at the doctor stopped it.</summary>
    Stopped,

    /// <summary>More PDUs than a trace holds.</summary>
    TooMuch,
}
