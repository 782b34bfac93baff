using System.Buffers;
using KaiChat.Shared.KaiChat;

namespace KaiChat.Server.Protocols.KaiChat;

/// <summary>Looks at what a connection and the server say to each other. Called by the connection's loop, which waits for it: it is quick, and throws nothing.</summary>
internal interface IKaiTap
{
    /// <param name="from">Who wrote it.</param>
    /// <param name="pdu">The PDU; its bytes are the caller's and change after the call.</param>
    /// <param name="order">The connection's byte order; null if this PDU is to settle it.</param>
    /// <param name="state">The state in which it came, or was written.</param>
    void Note(KaiSide from, ReadOnlySpan<byte> pdu, KaiByteOrder? order, KaiSessionState state);
}

/// <summary>The taps of a connection that has some.</summary>
internal static class KaiTaps
{
    public static void Received(IKaiTap[] taps, KaiConnection connection, in ReadOnlySequence<byte> pdu)
    {
        Span<byte> whole = stackalloc byte[KaiPdu.Length];
        pdu.CopyTo(whole);
        foreach (var tap in taps) tap.Note(KaiSide.Client, whole, connection.Order, connection.State);
    }

    public static void Sent(IKaiTap[] taps, KaiConnection connection, ReadOnlySpan<byte> pdu)
    {
        foreach (var tap in taps) tap.Note(KaiSide.Server, pdu, connection.Order, connection.State);
    }

    /// <summary>Exchanges the taps as one step.</summary>
    public static void Change(ref IKaiTap[]? taps, Func<IKaiTap[]?, IKaiTap[]?> change)
    {
        while (true)
        {
            var seen = Volatile.Read(ref taps);
            if (Interlocked.CompareExchange(ref taps, change(seen), seen) == seen) return;
        }
    }
}
