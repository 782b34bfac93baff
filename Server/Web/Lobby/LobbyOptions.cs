using System.ComponentModel.DataAnnotations;

namespace KaiChat.Server.Web.Lobby;

/// <summary>What strangers see before they sign in (section <c>Lobby</c>).</summary>
internal sealed class LobbyOptions
{
    public const string Section = "Lobby";

    /// <summary>The place's name. Default <c>KaiChat</c>.</summary>
    [Required]
    [StringLength(60)]
    public string Title { get; set; } = "KaiChat";

    /// <summary>One sentence on what the place is.</summary>
    [StringLength(300)]
    public string Description { get; set; } = "A chat in which browsers and native KaiChat clients meet.";

    /// <summary>Whether the open channels are listed. Default true.</summary>
    public bool ListChannels { get; set; } = true;

    /// <summary>The most channels that are listed, those with most members first. Default 200.</summary>
    [Range(1, 1_000)]
    public int MaxChannels { get; set; } = 200;

    /// <summary>Requests a minute from one address; a check of a name while it is typed is one. Default 6,000: a school behind one address.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 6_000;
}
