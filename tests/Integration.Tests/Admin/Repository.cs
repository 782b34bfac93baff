namespace KaiChat.Integration.Tests.Admin;

/// <summary>The files that tests compare the product with.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string PathOf(string file) => Path.Combine(Root, file);

    private static string Find()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "KaiChat.Web.sln"))) directory = Path.GetDirectoryName(directory.TrimEnd(Path.DirectorySeparatorChar))!;
        return directory;
    }
}
