using System.Text.RegularExpressions;

namespace KaiChat.Server.Tests;

/// <summary>
/// The walls of the house (docs/architecture.md): which folder may know which. Read from the sources, so that a forbidden word in a comment's cref counts, too.
/// </summary>
public sealed partial class WallTests
{
    /// <summary>A folder, and what none of its files may name.</summary>
    public static TheoryData<string, string> Walls => new()
    {
        // Shared is what two ends of a wire agree on.
        { "Shared", @"Microsoft\.AspNetCore|Microsoft\.Extensions|System\.Net\.Sockets|KaiChat\.Server" },
        // The core knows no front-end, no socket, no hub.
        { "Server/Chat", @"KaiChat\.Server\.(Protocols|Web|Admin)|SignalR|System\.Net\.Sockets|Microsoft\.AspNetCore\.(Http|Connections)|KaiChat\.Shared\.KaiChat" },
        { "Server/Cluster", @"KaiChat\.Server\.(Protocols|Web|Admin|Hosting)|SignalR" },
        { "Server/Storage", @"KaiChat\.Server\.(Protocols|Web|Admin)|SignalR" },
        { "Server/Connections", @"KaiChat\.Server\.(Protocols|Web|Admin|Hosting|Storage)|SignalR" },
        { "Server/Access", @"KaiChat\.Server\.(Protocols|Web|Admin|Chat)|SignalR" },
        // Front-ends do not know each other.
        { "Server/Protocols", @"KaiChat\.Server\.(Web|Admin)|SignalR" },
        { "Server/Web", @"KaiChat\.Server\.(Protocols|Admin)" },
        { "NativeClient", @"KaiChat\.Server|Microsoft\.AspNetCore" },
    };

    [Theory]
    [MemberData(nameof(Walls))]
    public void A_folder_names_nothing_behind_its_walls(string folder, string forbidden)
    {
        var files = Sources(folder).ToArray();
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => Regex.IsMatch(File.ReadAllText(file), forbidden, RegexOptions.None, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void Protocols_do_not_reference_one_another()
    {
        var protocols = Directory.GetDirectories(Path.Combine(Repository.Root, "Server/Protocols")).Select(Path.GetFileName).ToArray();
        foreach (var protocol in protocols)
        {
            var others = protocols.Where(other => other != protocol).Select(other => $"KaiChat.Server.Protocols.{other}");
            Assert.All(Sources($"Server/Protocols/{protocol}"), file => Assert.DoesNotContain(others, File.ReadAllText(file).Contains));
        }
    }

    [Fact]
    public void Nothing_but_the_storage_knows_sql()
    {
        var knowing = Sources("Server").Where(file => Sql().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file)).ToArray();
        Assert.NotEmpty(knowing);
        Assert.All(knowing, file => Assert.StartsWith("Server/Storage/", file, StringComparison.Ordinal));
    }

    [Fact]
    public void No_file_is_so_long_that_nobody_reads_it() =>
        Assert.DoesNotContain(Sources("Server").Concat(Sources("Shared")).Concat(Sources("NativeClient")), file => File.ReadLines(file).Count() > 300);

    [GeneratedRegex(@"\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE TABLE|PRAGMA)\b|Microsoft\.Data\.Sqlite", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Sql();

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Repository.Root, file).Split('/').Any(part => part is "obj" or "bin" or "node_modules"));
}
