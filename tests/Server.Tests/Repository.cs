namespace KaiChat.Server.Tests;

/// <summary>Where the sources are, for tests that read them.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "KaiChat.Web.sln"))) directory = Path.GetDirectoryName(directory)!;
        return directory;
    }
}
