namespace KaiChat.Server.Admin;

/// <summary>The operators' door (section <c>Admin</c>).</summary>
internal sealed class AdminOptions
{
    public const string Section = "Admin";

    /// <summary>The bearer key. Default: the one in <c>admin.key</c> in <c>Storage:Directory</c>, made at the first start.</summary>
    public string? Key { get; set; }

    /// <summary>Whether other addresses than this machine's may use the admin API. Default false.</summary>
    public bool AllowRemote { get; set; }
}
