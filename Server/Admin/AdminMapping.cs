using System.Globalization;
using System.Security.Authentication;
using KaiChat.Server.Chat;
using KaiChat.Server.Chat.Keeping;
using KaiChat.Server.Chat.Moderation;
using KaiChat.Server.Connections;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin;

/// <summary>The server's values in the words of the admin API.</summary>
internal static class AdminMapping
{
    public static ClientConnection ToContract(this IClientConnection connection)
    {
        var session = connection.Session;
        var traffic = connection.Traffic;
        return new ClientConnection(
            connection.Id,
            connection.Origin,
            AddressNetwork.TextOf(connection.RemoteEndPoint?.Address),
            connection.RemoteEndPoint?.Port,
            connection.ConnectedAt,
            connection.ProtocolState,
            session?.Name.Value,
            session?.Id.ToString(),
            session is null ? [] : [.. session.Channels.Values.Select(channel => channel.Name.Value).Order(StringComparer.OrdinalIgnoreCase)],
            connection.ByteOrder,
            VersionOf(connection.Tls),
            connection.LastPollAt,
            connection.Cipher,
            connection.ClientVersion,
            traffic.Backlog,
            traffic.FramesIn,
            traffic.FramesOut,
            traffic.BytesIn,
            traffic.BytesOut);
    }

    public static ChannelInfo ToContract(this Channel channel, IReadOnlyList<PresentMember> members) =>
        new(
            channel.Name.Value, channel.Id.ToString(), channel.OpenedAt, channel.Feed.LastSeq, members.CountKinds(),
            channel.Settings.Topic, channel.Settings.ReadOnly, channel.Settings.Kept);

    /// <summary>A channel that is closed, in a list.</summary>
    public static ChannelInfo ToListed(this SettledChannel settled) =>
        new(settled.Name.Value, Incarnation: null, OpenedAt: null, LastSeq: 0, new KindCounts(0, 0, 0), settled.Topic, settled.ReadOnly, settled.Kept);

    public static ChannelDetails ToDetails(this Channel channel, IReadOnlyList<PresentMember> members, IReadOnlyList<Member> shown)
    {
        var settings = channel.Settings;
        return new ChannelDetails(
            channel.Name.Value, channel.Id.ToString(), channel.OpenedAt, channel.Feed.LastSeq, members.CountKinds(),
            settings.Topic, settings.ReadOnly, settings.Native, settings.RetentionDays, settings.Kept, settings.ToEtag(), shown);
    }

    /// <summary>A channel that is closed, and for whose name something is settled.</summary>
    public static ChannelDetails ToDetails(this SettledChannel settled) => new(
        settled.Name.Value, Incarnation: null, OpenedAt: null, LastSeq: 0, new KindCounts(0, 0, 0), settled.Topic, settled.ReadOnly, settled.Native, settled.RetentionDays,
        settled.Kept, settled.ToEtag(), Members: []);

    /// <summary>The entity tag of what is settled for a channel, as <c>If-Match</c> takes it.</summary>
    public static string ToEtag(this SettledChannel settings) => string.Create(CultureInfo.InvariantCulture, $"\"{settings.Rev}\"");

    private static string? VersionOf(SslProtocols? tls) => tls switch
    {
        null or SslProtocols.None => null,
        SslProtocols.Tls12 => "1.2",
        SslProtocols.Tls13 => "1.3",
        var old => old.ToString(),
    };
}
