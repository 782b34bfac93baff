using System.ComponentModel.DataAnnotations;

namespace KaiChat.Server.Access;

/// <summary>The operators' door (section <c>Admin</c>).</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>The bearer key. Default: the one in <c>admin.key</c> in <c>Storage:Directory</c>, made at the first start.</summary>
    public string? Key { get; set; }

    /// <summary>Whether other addresses than this machine's may use the admin API. Default false.</summary>
    public bool AllowRemote { get; set; }

    /// <summary>The only port on which the admin API and the console answer: that of an endpoint of its own (<c>Kestrel:Endpoints:Admin:Url</c>), which may be on another network card. Default: every port of the web.</summary>
    [Range(1, 65_535)]
    public int? Port { get; set; }

    /// <summary>Wrong keys a minute from one address that are answered with 401, each later than the one before; more are answered with 429. The right key is always taken. Default 10.</summary>
    [Range(1, 1_000_000)]
    public int WrongKeysPerMinute { get; set; } = 10;

    /// <summary>Requests a minute with one good key, those of sign-ins to the console with it included; more are answered with 429. Default 6,000.</summary>
    [Range(1, 10_000_000)]
    public int RequestsPerMinute { get; set; } = 6_000;

    /// <summary>How long a sign-in to the console lasts after it was last used. Default 8 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan ConsoleSession { get; set; } = TimeSpan.FromHours(8);
}
