using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Web.Lobby;

/// <summary>The list of open channels for strangers, counted again when the last count is a second old.</summary>
internal sealed class LobbyChannels(ChatService chat, IOptions<LobbyOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan CountedEvery = TimeSpan.FromSeconds(1);

    private Counted? _counted;

    /// <summary>The channels with most members, and by name where that is the same.</summary>
    public async ValueTask<IReadOnlyList<LobbyChannel>> ListAsync(CancellationToken cancellation)
    {
        if (!options.Value.ListChannels) return [];
        if (Volatile.Read(ref _counted) is { } counted && clock.GetElapsedTime(counted.At) < CountedEvery) return counted.Channels;
        var listed = new List<LobbyChannel>();
        foreach (var channel in chat.Channels)
        {
            listed.Add(new LobbyChannel(channel.Name.Value, channel.Settings.Topic, (await chat.MembersAsync(channel, cancellation)).CountKinds()));
        }
        IReadOnlyList<LobbyChannel> channels =
        [
            .. listed.OrderByDescending(channel => channel.Counts.Total).ThenBy(channel => channel.Name, StringComparer.OrdinalIgnoreCase).Take(options.Value.MaxChannels),
        ];
        Volatile.Write(ref _counted, new Counted(clock.GetTimestamp(), channels));
        return channels;
    }

    private sealed record Counted(long At, IReadOnlyList<LobbyChannel> Channels);
}
