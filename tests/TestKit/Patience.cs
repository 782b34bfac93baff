namespace KaiChat.TestKit;

/// <summary>How long a test waits for what always comes, before it fails by name instead of hanging. It limits nothing: nothing waits this long when all is well, however busy the machine.</summary>
public static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
}
