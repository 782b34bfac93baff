using System.CommandLine;
using System.Globalization;
using KaiChat.Server.Chat;
using KaiChat.Server.Export;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using KaiChat.Shared.Names;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>export CHANNEL FILE</c></summary>
internal static class ExportCommand
{
    private const string Description = """
        Write the messages of a channel to a file, also while the server works: as JSON Lines for programs, or as a page to read.

        The data directory is the server's: --Storage:Directory=PATH, Storage__Directory in the environment, appsettings.json of the current directory, or "data".

        Exit codes: 0 done, 2 wrong command line, 3 a setting is wrong, 5 no SQLite, 7 no such channel, or a file cannot be read or written, 130 interrupted.
        """;

    private static readonly Argument<string> Channel = new("CHANNEL")
    {
        Description = "@name: the channel that is open now, or else the latest of that name. #12: the conversation of that number, also a closed one.",
    };

    private static readonly Argument<string> File = new("FILE") { Description = "The file to make; it must not exist." };
    private static readonly Option<string?> Format = new("--format") { HelpName = "jsonl|html", Description = "Default: by the file's ending, .jsonl or .html." };
    private static readonly Option<bool> Quiet = new("--quiet") { Description = "Say nothing unless it fails." };

    public static Command Create(CommandHost host)
    {
        var command = new Command("export", Description) { Channel, File, Format, Quiet };
        command.Validators.Add(given =>
        {
            if (FormatOf(given.GetValue(Format), given.GetValue(File)) is null) given.AddError("--format is jsonl or html; without it, the file's name ends in .jsonl or .html.");
        });
        command.SetWork(async (parsed, stop) =>
        {
            var (directory, file) = (host.DataDirectory(), Path.GetFullPath(parsed.GetRequiredValue(File)));
            using var log = ArchivedLog.Open(directory);
            var found = Find(log, parsed.GetRequiredValue(Channel));
            var count = await WriteAsync(log, found, FormatOf(parsed.GetValue(Format), file)!.Value, file, host.Clock, stop);
            if (!parsed.GetValue(Quiet)) await host.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{file}: {count:N0} messages of {found.Name} (conversation #{found.Id})."));
        });
        return command;
    }

    private static ExportFormat? FormatOf(string? format, string? file) => (format ?? Path.GetExtension(file)?.TrimStart('.')) switch
    {
        "jsonl" => ExportFormat.JsonLines,
        "html" => ExportFormat.Html,
        _ => null,
    };

    private static LoggedConversation Find(ArchivedLog log, string channel)
    {
        if (channel.StartsWith('#'))
        {
            if (!long.TryParse(channel.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) throw new WorkRefusedException($"{channel} is no conversation: # and a number.");
            return log.Find(new ConversationId(id)) ?? throw new WorkRefusedException($"There is no conversation {channel}.");
        }
        return ChannelName.TryParse(channel, out var name, out var error)
            ? log.Find(name) ?? throw new WorkRefusedException($"There is no channel {name}, and there never was one.")
            : throw new WorkRefusedException($"{channel}: {error.DescribeChannel()}");
    }

    private static async Task<long> WriteAsync(ArchivedLog log, LoggedConversation found, ExportFormat format, string file, TimeProvider clock, CancellationToken stop)
    {
        if (Path.Exists(file)) throw new WorkRefusedException($"{file} exists. Name another file, or move it away.");
        var draft = Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.{Path.GetRandomFileName()}.partial");
        try
        {
            long count;
            await using (var target = DurableFile.Create(draft))
            {
                count = await ConversationExport.WriteAsync(
                    found, format,
                    (after, limit, cancellation) => Task.FromResult<IReadOnlyList<ChatMessage>>(log.ReadAfter(found.Id, after, limit, cancellation)),
                    target, clock.GetUtcNow(), stop);
                target.Flush(flushToDisk: true);
            }
            System.IO.File.Move(draft, file, overwrite: false);
            return count;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new WorkRefusedException($"{file} cannot be made: {error.Message}", error);
        }
        finally
        {
            DurableFile.Discard(draft);
        }
    }
}
