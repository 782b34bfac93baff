using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Backup;

/// <summary>A data directory with talk in it, and what is made of it.</summary>
internal sealed class BackupBench : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>The data directory that backups are made of.</summary>
    public string Data => _directory.File("data");

    public string Zip => _directory.File("backup.zip");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));

    public string File(string name) => _directory.File(name);

    /// <summary>Fills the data directory: a closed conversation and two open ones, texts that stores have broken before, and secrets.</summary>
    public async Task FillAsync()
    {
        await using (var log = TestStorage.Open(Data))
        {
            var closed = await log.OpenAsync(Drafts.Channel("@general"), Drafts.Noon, default);
            await log.AppendAsync(Drafts.To(closed, "before it closed"), default);
            await log.CloseAsync(closed.Id, Drafts.Noon, default);
            var general = await log.OpenAsync(Drafts.Channel("@General"), Drafts.Noon, default);
            string[] texts = ["Grüße 👋", "nul \0 in it", "<script>alert(1)</script>", "two\nlines", "", "\u202Eover"];
            foreach (var text in texts) await log.AppendAsync(Drafts.To(general, text, clientMessageId: Guid.NewGuid().ToString()), default);
            var dev = await log.OpenAsync(Drafts.Channel("@dev"), Drafts.Noon, default);
            await Task.WhenAll(Enumerable.Range(0, 300).Select(i => log.AppendAsync(Drafts.To(dev, $"message {i}", origin: Origin.Native), default)));
        }
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "admin.key"), "the key\n");
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "certificate.pem"), "the certificate\n");
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "certificate.key"), "its key\n");
        Directory.CreateDirectory(Path.Combine(Data, "keys"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(Data, "keys", "key-1.xml"), "<key/>");
    }

    public BackupManifest Write(bool withSecrets = false) => new BackupWriter(Clock).Write(Data, Zip, withSecrets, progress: null, default);

    /// <summary>Checks a file as the command does.</summary>
    public static BackupManifest Verify(string file) => BackupVerifier.Verify(file, temporary: null, progress: null, default);

    /// <summary>What is wrong with a file.</summary>
    public static IReadOnlyList<string> Faults(string file) => Assert.Throws<BackupDamagedException>(() => Verify(file)).Faults;

    /// <summary>Every message of every conversation, closed ones too.</summary>
    public static async Task<IReadOnlyList<ChatMessage>> ReadAllAsync(IMessageLog log)
    {
        var all = new List<ChatMessage>();
        for (var id = 1; id <= 10; id++) all.AddRange(await log.ReadAfterAsync(new ConversationId(id), 0, int.MaxValue, default));
        return all;
    }

    /// <inheritdoc cref="ReadAllAsync(IMessageLog)"/>
    public static async Task<IReadOnlyList<ChatMessage>> ReadAllAsync(string directory)
    {
        await using var log = TestStorage.Open(directory);
        return await ReadAllAsync(log);
    }

    /// <summary>The entries of a backup, changed, as another file; its manifest tells of the change if it is to.</summary>
    /// <param name="change">Given the entries by name.</param>
    /// <param name="describe">Whether the manifest's sizes and hashes are made right for what is there.</param>
    public string Forge(Action<SortedDictionary<string, byte[]>> change, bool describe, Action<JsonNode>? manifest = null)
    {
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using (var zip = ZipFile.OpenRead(Zip))
        {
            foreach (var entry in zip.Entries)
            {
                using var content = new MemoryStream();
                using (var packed = entry.Open()) packed.CopyTo(content);
                entries[entry.FullName] = content.ToArray();
            }
        }
        change(entries);
        if (entries.TryGetValue("manifest.json", out var json))
        {
            var node = JsonNode.Parse(json)!;
            if (describe)
            {
                node["entries"] = new JsonArray([.. entries.Where(entry => entry.Key != "manifest.json").Select(entry => (JsonNode)new JsonObject
                {
                    ["name"] = entry.Key,
                    ["size"] = entry.Value.Length,
                    ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(entry.Value)),
                })]);
            }
            manifest?.Invoke(node);
            entries["manifest.json"] = System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());
        }
        return Pack("forged.zip", [.. entries.Select(entry => (entry.Key, entry.Value))]);
    }

    /// <summary>A zip file of these entries.</summary>
    public string Pack(string name, params (string Name, byte[] Content)[] entries)
    {
        var path = File(name);
        System.IO.File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (entry, content) in entries)
        {
            using var packed = zip.CreateEntry(entry).Open();
            packed.Write(content);
        }
        return path;
    }

    /// <summary>The files of a directory but those named, with those of its folders.</summary>
    public static string[] Files(string directory) =>
        [.. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(directory, file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _directory.Dispose();
}
