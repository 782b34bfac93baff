namespace KaiChat.Shared.KaiChat;

/// <summary>Bytes that no rule of the protocol can make sense of: the connection that sent them ends.</summary>
/// <param name="field">The field of the PDU, in the protocol's own terms, such as <c>command</c>.</param>
/// <param name="reason">What is wrong with it.</param>
public sealed class KaiFormatException(string field, string reason) : Exception($"{field}: {reason}")
{
    /// <summary>The field of the PDU, in the protocol's own terms.</summary>
    public string Field { get; } = field;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
