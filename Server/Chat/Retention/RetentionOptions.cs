using System.ComponentModel.DataAnnotations;

namespace KaiChat.Server.Chat.Retention;

/// <summary>How long messages are kept (section <c>Retention</c>).</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>How often old messages are looked for. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What each channel may keep, the archive of its closed lives included; the first rule that fits a channel's name counts. Default: everything, for ever.</summary>
    public RetentionRule[] Rules { get; set; } = [];
}

/// <summary>What some channels may keep: a message goes when it is beyond any of the limits.</summary>
internal sealed class RetentionRule
{
    /// <summary>Which channels: a name, in any letter case, with <c>*</c> for any characters and <c>?</c> for one.</summary>
    public string Channels { get; set; } = "*";

    /// <summary>How old a message may get; null: as old as it likes.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>How many messages a channel keeps, the newest; null: all.</summary>
    public long? MaxMessages { get; set; }

    /// <summary>How much text a channel keeps, the newest, in MiB of UTF-8; null: all.</summary>
    public double? MaxMegabytes { get; set; }
}
