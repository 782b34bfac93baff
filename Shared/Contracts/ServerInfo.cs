using System.Text.Json.Serialization;

namespace KaiChat.Shared.Contracts;

/// <summary>What an operator asks first.</summary>
/// <param name="Name">The product.</param>
/// <param name="Version">Its version.</param>
/// <param name="StartedAt">When this process started to serve, UTC.</param>
/// <param name="UptimeSeconds">For how long it has been serving, in whole seconds; unlike <paramref name="StartedAt"/>, a set clock does not bend it.</param>
/// <param name="Counts">What there is at the moment.</param>
/// <param name="Endpoints">Where it listens.</param>
/// <param name="Certificate">The certificate of native clients' TLS; null if <c>KaiChat:Tls</c> is <c>Disabled</c>.</param>
/// <param name="KaiChat">How the native protocol is set up.</param>
public sealed record ServerInfo(
    string Name,
    string Version,
    DateTimeOffset StartedAt,
    long UptimeSeconds,
    ServerCounts Counts,
    IReadOnlyList<ServerEndpoint> Endpoints,
    CertificateInfo? Certificate,
    KaiChatInfo KaiChat);

/// <summary>What there is on the server at the moment.</summary>
/// <param name="Connections">Open connections.</param>
/// <param name="Sessions">Signed-in users, those of browsers that may come back included.</param>
/// <param name="Channels">Open channels.</param>
public sealed record ServerCounts(KindCounts Connections, int Sessions, int Channels);

/// <summary>One address the server listens on.</summary>
/// <param name="Kind">Whom it is for.</param>
/// <param name="Address">The IP address or host name; <c>[::]</c> is all of them.</param>
/// <param name="Port">The TCP port.</param>
/// <param name="Tls">Whether clients must, may or cannot use TLS.</param>
public sealed record ServerEndpoint(Origin Kind, string Address, int Port, TlsUse Tls);

/// <summary>Whether clients use TLS.</summary>
[JsonConverter(typeof(WordConverter<TlsUse>))]
public enum TlsUse
{
    /// <summary>The client decides.</summary>
    [JsonStringEnumMemberName("optional")]
    Optional,

    /// <summary>Only with TLS.</summary>
    [JsonStringEnumMemberName("required")]
    Required,

    /// <summary>Only without.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,
}

/// <summary>A certificate in service.</summary>
/// <param name="Fingerprint">Its SHA-256 fingerprint, which clients may pin: upper-case hexadecimal.</param>
/// <param name="NotAfter">When it ends, UTC.</param>
public sealed record CertificateInfo(string Fingerprint, DateTimeOffset NotAfter);

/// <summary>How the native protocol is set up: options of section <c>KaiChat</c>, as they are in effect.</summary>
/// <param name="HighestVersion">The highest protocol version the server offers.</param>
/// <param name="Tls">Whether clients must, may or cannot use TLS.</param>
/// <param name="Delivery">How pending messages answer a QUERY.</param>
/// <param name="HistoryOnJoin">Messages a client gets when it joins a channel.</param>
/// <param name="HandshakeTimeoutSeconds">How long each step of the handshake may take.</param>
/// <param name="LateAfterSeconds">How long a client in a channel may be without a QUERY before others see its user as late.</param>
/// <param name="MaxConnections">Native connections at a time.</param>
public sealed record KaiChatInfo(
    int HighestVersion,
    TlsUse Tls,
    KaiChatDelivery Delivery,
    int HistoryOnJoin,
    double HandshakeTimeoutSeconds,
    double LateAfterSeconds,
    int MaxConnections);

/// <summary>How pending messages answer a native client's QUERY.</summary>
[JsonConverter(typeof(WordConverter<KaiChatDelivery>))]
public enum KaiChatDelivery
{
    /// <summary>One PDU for each pending message.</summary>
    [JsonStringEnumMemberName("batch")]
    Batch,

    /// <summary>Exactly one PDU for each QUERY.</summary>
    [JsonStringEnumMemberName("single")]
#pragma warning disable CA1720 // The word of the option KaiChat:Delivery; the type of that name is not meant.
    Single,
#pragma warning restore CA1720
}
