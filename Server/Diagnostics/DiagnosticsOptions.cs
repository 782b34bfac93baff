namespace KaiChat.Server.Diagnostics;

/// <summary>What the server tells about itself (section <c>Diagnostics</c>).</summary>
internal sealed class DiagnosticsOptions
{
    public const string Section = "Diagnostics";

    /// <summary>Who may read <c>/metrics</c>. Default <see cref="MetricsAccess.Local"/>.</summary>
    public MetricsAccess Metrics { get; set; }
}

/// <summary>Who may read <c>/metrics</c>.</summary>
internal enum MetricsAccess
{
    /// <summary>This machine without a key; others as the admin API takes them.</summary>
    Local,

    /// <summary>Whom the admin API takes: with the admin key, from where it is open to.</summary>
    Key,

    /// <summary>Anybody.</summary>
    Open,

    /// <summary>Nobody: there is no such address, and nothing is collected.</summary>
    Off,
}
