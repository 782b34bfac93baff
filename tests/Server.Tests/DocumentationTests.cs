using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging;

namespace KaiChat.Server.Tests;

/// <summary>The documentation cannot fall behind the code: what an operator can set, meet or measure has its row in docs/operations.md, and every link leads somewhere.</summary>
public sealed partial class DocumentationTests
{
    private static readonly Assembly Server = typeof(ChatService).Assembly;
    private static readonly string[] Operations = Lines(Path.Combine(Repository.Root, "docs/operations.md"));

    /// <summary>Every setting with its default: <c>Section:Property</c>.</summary>
    public static TheoryData<string, string> Settings
    {
        get
        {
            var settings = new TheoryData<string, string>();
            foreach (var options in Server.GetTypes().Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)))
            {
                if (options.GetField("Section") is not { IsLiteral: true } section) continue;
                var asMade = Activator.CreateInstance(options)!;
                foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    settings.Add($"{section.GetRawConstantValue()}:{property.Name}", AsWritten(property.GetValue(asMade)));
                }
            }
            return settings;
        }
    }

    /// <summary>Every document of the repository that may have links.</summary>
    public static TheoryData<string> Documents =>
        [.. new[] { "." }.Concat(["docs"]).SelectMany(Markdown).Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_is_described_with_its_default(string key, string value) => Assert.Equal(value, Row("Configuration", $"`{key}`")[1]);

    [Fact]
    public void No_setting_is_described_that_does_not_exist()
    {
        var known = Settings.Select(setting => $"`{setting.Data.Item1}`").ToArray();
        Assert.NotEmpty(known);
        Assert.DoesNotContain(Rows("Configuration"), cells => cells[0].StartsWith('`') && !cells[0].StartsWith("`Kestrel:", StringComparison.Ordinal) && !known.Contains(cells[0]));
    }

    [Fact]
    public void Every_reason_why_a_connection_ends_is_described() =>
        Assert.All(Enum.GetNames<ConnectionEndReason>(), reason => Row("Why connections end", $"`{reason}`"));

    [Fact]
    public void Every_exit_code_is_described() =>
        Assert.All(
            typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static),
            code => Assert.Equal($"`{code.Name}`", Row("Exit codes", ((int)code.GetRawConstantValue()!).ToString(CultureInfo.InvariantCulture))[1]));

    [Fact]
    public void Every_event_of_the_log_is_described_with_its_level()
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var events = Server.GetTypes().SelectMany(type => type.GetMethods(All)).Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>().ToArray();
        Assert.NotEmpty(events);
        Assert.All(events, logged =>
        {
            var id = logged.EventId.ToString(CultureInfo.InvariantCulture);
            var row = Assert.Single(Rows("Logs"), cells => cells[0].Split(", ").Contains(id));
            Assert.Equal(logged.Level.ToString(), row[1]);
        });
    }

    [Fact]
    public async Task Every_instrument_is_described_with_its_meter_and_unit()
    {
        var instruments = new ConcurrentDictionary<string, Instrument>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                // Other tests of this process make instruments up.
                if (instrument.Meter.Name.StartsWith("KaiChat.", StringComparison.Ordinal) && instrument.Meter.Scope is not RecordedMeters) instruments[instrument.Name] = instrument;
            },
        };
        listener.Start();
        await using (var server = await ChatServer.StartAsync())
        {
            foreach (var measuring in Server.GetTypes().Where(type => type.GetConstructor([typeof(IMeterFactory)]) is not null)) server.Services.GetService(measuring);
        }
        Assert.NotEmpty(instruments);
        Assert.All(instruments.Values, instrument =>
        {
            var row = Assert.Single(Rows("Metrics"), cells => cells[1] == $"`{instrument.Name}`");
            Assert.Equal(($"`{instrument.Meter.Name}`", instrument.Unit), (row[0], row[3]));
        });
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_to_a_file_and_a_heading_of_it(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;
        foreach (var target in Lines(Path.Combine(Repository.Root, document)).SelectMany(line => Link().Matches(line)).Select(link => link.Groups["target"].Value))
        {
            if (target.Contains("://", StringComparison.Ordinal)) continue;
            var parts = target.Split('#', 2);
            var file = parts[0].Length == 0 ? Path.Combine(Repository.Root, document) : Path.Combine(folder, parts[0]);
            Assert.True(Path.Exists(file), $"{document}: {target} does not exist.");
            if (parts.Length == 2) Assert.True(Anchors(file).Contains(parts[1]), $"{document}: {target} has no such heading.");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_row_of_a_table_has_a_cell_for_each_heading(string document)
    {
        var above = 0;
        foreach (var line in Lines(Path.Combine(Repository.Root, document)))
        {
            var cells = line.StartsWith('|') ? NoCells().Replace(line.TrimEnd(), "").Count(c => c == '|') : 0;
            Assert.True(above == 0 || cells == 0 || cells == above, $"{document}: {line}");
            above = cells;
        }
    }

    [Fact]
    public void Every_action_of_the_audit_log_is_named()
    {
        var named = File.ReadAllText(Path.Combine(Repository.Root, "docs/admin-api.md"));
        var actions = Directory.EnumerateFiles(Path.Combine(Repository.Root, "Server"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Action().Matches(File.ReadAllText(file))).Select(action => action.Groups["word"].Value).Distinct().ToArray();
        Assert.Contains("ban.create", actions);
        Assert.All(actions, action => Assert.Contains($"`{action}`", named, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Markdown(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.md", folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories);

    /// <summary>A value as one writes it in a setting.</summary>
    private static string AsWritten(object? value) => value switch
    {
        null or Array { Length: 0 } => "–",
        bool flag => flag ? "`true`" : "`false`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        _ => $"`{value}`",
    };

    private static string[] Row(string heading, string first) => Assert.Single(Rows(heading), cells => cells[0] == first);

    /// <summary>The cells of the tables below a heading of docs/operations.md, and below its own subheadings.</summary>
    private static IEnumerable<string[]> Rows(string heading)
    {
        var at = Array.FindIndex(Operations, line => Level(line) > 0 && line.TrimStart('#', ' ') == heading);
        return Operations.Skip(at + 1).TakeWhile(line => Level(line) is 0 || Level(line) > Level(Operations[at]))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(line => line.Trim('|', ' ').Split(" | "));
    }

    private static int Level(string line) => line.Length - line.TrimStart('#').Length;

    /// <summary>A document without its examples.</summary>
    private static string[] Lines(string file) => Fence().Replace(File.ReadAllText(file), "").Split('\n');

    /// <summary>The headings of a document as GitHub names them in links.</summary>
    private static IEnumerable<string> Anchors(string file) =>
        Lines(file).Where(line => Level(line) > 0).Select(line => Anchor(line.TrimStart('#', ' ')));

    private static string Anchor(string heading)
    {
        var anchor = new StringBuilder();
        foreach (var c in heading.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '-' or '_') anchor.Append(c);
            else if (c == ' ') anchor.Append('-');
        }
        return anchor.ToString();
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Link();

    /// <summary>What has a bar that parts no cells.</summary>
    [GeneratedRegex(@"`[^`]*`|\\\|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex NoCells();

    /// <summary>What was done to what, as the audit log has it.</summary>
    [GeneratedRegex("\"(?<word>[a-z-]+\\.(create|update|delete|kick|purge|send|drop|enter|reload|download|cancel|export|signIn|signOut))\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Action();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Fence();
}
