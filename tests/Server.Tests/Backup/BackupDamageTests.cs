using System.Text;
using System.Text.Json.Nodes;
using KaiChat.Server.Storage.Backup;
using KaiChat.TestKit;

namespace KaiChat.Server.Tests.Backup;

/// <summary>Files that are no good backup, each refused by name of what is wrong; and the same by a restore, which leaves everything as it was.</summary>
public sealed class BackupDamageTests : IAsyncLifetime
{
    private readonly BackupBench _bench = new();

    public async ValueTask InitializeAsync()
    {
        await _bench.FillAsync();
        _bench.Write(withSecrets: true);
    }

    public ValueTask DisposeAsync()
    {
        _bench.Dispose();
        return default;
    }

    [Fact]
    public void An_empty_file_and_one_that_is_no_zip()
    {
        File.WriteAllBytes(_bench.File("a"), []);
        Refused(_bench.File("a"), "The file is empty.");
        File.WriteAllText(_bench.File("b"), "SQLite format 3");
        Refused(_bench.File("b"), "The file is no zip file, so no KaiChat backup.");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(200)]
    [InlineData(5_000)]
    public void One_that_is_cut_off(int missing)
    {
        var whole = File.ReadAllBytes(_bench.Zip);
        File.WriteAllBytes(_bench.File("cut"), whole[..^missing]);
        Refused(_bench.File("cut"), "The file is cut off or damaged: the directory at the end of the zip file is missing or makes no sense.");
    }

    [Fact]
    public void One_with_something_behind_it()
    {
        File.WriteAllBytes(_bench.File("longer"), [.. File.ReadAllBytes(_bench.Zip), .. "more"u8]);
        Assert.Single(BackupBench.Faults(_bench.File("longer")));
    }

    [Fact]
    public void Somebody_elses_zip_file() =>
        Refused(_bench.Pack("foreign.zip", ("holiday.jpg", [1, 2, 3])), "manifest.json is missing: this is a zip file, but no KaiChat backup.");

    [Fact]
    public void A_manifest_of_another_product_or_time_or_none()
    {
        Refused(_bench.Pack("a", ("manifest.json", "[]"u8.ToArray())), "manifest.json: it cannot be read (");
        Refused(_bench.Pack("b", ("manifest.json", """{"format":"tar","formatVersion":1}"""u8.ToArray())), "manifest.json: its format is 'tar', not 'kaichat-backup': this is no KaiChat backup.");
        Refused(
            _bench.Pack("c", ("manifest.json", """{"format":"kaichat-backup","formatVersion":2}"""u8.ToArray())),
            "manifest.json: the backup has format version 2, this release knows versions up to 1. Use the release that made it, or a newer one.");
        Refused(_bench.Pack("d", ("manifest.json", """{"format":"kaichat-backup","formatVersion":1}"""u8.ToArray())), "manifest.json: it cannot be read (");
        Refused(_bench.Pack("e", ("manifest.json", new byte[2_000_000])), "manifest.json: it is larger than 1048576 bytes: this is no KaiChat backup.");
    }

    [Fact]
    public void Entries_that_are_missing_or_too_many()
    {
        Refused(_bench.Forge(entries => entries.Remove("messages.db"), describe: false), "messages.db is missing.");
        Refused(_bench.Forge(entries => entries.Remove("messages.db"), describe: true), "messages.db is missing.");
        Refused(_bench.Forge(entries => entries["more.txt"] = [1], describe: false), "more.txt: the manifest does not list it.");
        Refused(_bench.Forge(entries => entries["more.txt"] = [1], describe: true), "more.txt: the manifest lists it, but no backup has such a file.");
        Refused(_bench.Pack("twice", ("manifest.json", [1]), ("manifest.json", [2])), "manifest.json: there are two entries of this name.");
        Refused(_bench.Pack("many", [.. Enumerable.Range(0, 1001).Select(i => ($"{i}", new byte[1]))]), "It has 1001 entries, a backup has at most 1000.");
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("keys/../../evil.xml")]
    [InlineData("/etc/evil")]
    [InlineData("..\\evil")]
    [InlineData("C:evil")]
    public void A_path_that_leads_out(string path)
    {
        Refused(_bench.Forge(entries => entries[path] = [1], describe: false), $"{path}: the path leads out of the backup.");
        Refused(_bench.Forge(entries => entries[path] = [1], describe: true), $"{path}: the path leads out of the backup.");
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(_bench.Data)!, "evil*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Control_characters_of_a_name_do_not_reach_the_terminal() =>
        Refused(_bench.Forge(entries => entries["a\nb\e[2J"] = [1], describe: false), "a?b?[2J: the manifest does not list it.");

    [Fact]
    public void Content_that_is_not_what_the_manifest_says()
    {
        Refused(_bench.Forge(entries => entries["admin.key"][0] ^= 1, describe: false), "admin.key: its SHA-256 is ", " where the manifest says ");
        Refused(_bench.Forge(entries => entries["messages.db"][5000] ^= 1, describe: false), "messages.db: its SHA-256 is ", " where the manifest says ");
        Refused(_bench.Forge(entries => entries["admin.key"] = [1, 2, 3], describe: false), "admin.key: it has 3 bytes where the manifest says 8.");
    }

    [Fact]
    public void A_bomb()
    {
        // A file that says it holds what no file of its size can, and one whose secret is a mountain.
        Refused(
            _bench.Forge(_ => { }, describe: true, manifest => EntryOf(manifest, "messages.db")["size"] = 1L << 50),
            "messages.db: it has ", $" where the manifest says {1L << 50}.");
        Refused(_bench.Forge(entries => entries["admin.key"] = new byte[3_000_000], describe: true), "admin.key: it has 3000000 bytes, at most 1048576 make sense.");
    }

    [Fact]
    public void A_bomb_whose_directory_lies_about_its_size()
    {
        var forged = _bench.Forge(entries => entries["messages.db"] = new byte[5_000_000], describe: true, manifest => EntryOf(manifest, "messages.db")["size"] = 4096);
        var bytes = File.ReadAllBytes(forged);
        // The size unpacked, in the zip file's directory and before the entry.
        for (var at = 0; at <= bytes.Length - 4; at++)
        {
            if (BitConverter.ToInt32(bytes, at) == 5_000_000) BitConverter.TryWriteBytes(bytes.AsSpan(at), 4096);
        }
        File.WriteAllBytes(forged, bytes);

        // Whether the library or we notice first: no more than was admitted is ever written.
        Assert.Contains("messages.db: ", Assert.Single(BackupBench.Faults(forged)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 1000", "messages.db: it has schema 1000 where the manifest says PRESENT.")]
    [InlineData("DROP TABLE messages", "messages.db: it has no table messages: this is no database of KaiChat.")]
    [InlineData("DELETE FROM messages WHERE conversation = 3 AND seq = 300", "messages.db: it holds 306 messages where the manifest says 307.")]
    [InlineData("UPDATE conversations SET closed_at = 1", "messages.db: it holds 0 open conversations where the manifest says 2.")]
    [InlineData("UPDATE messages SET seq = 1000 WHERE conversation = 3 AND seq = 7", "messages.db: conversation #3 has 300 messages with seqs from 1 to 1000, where they begin at 1 and have no gap.")]
    [InlineData("UPDATE messages SET seq = seq + 1000 WHERE conversation = 2", "messages.db: conversation #2 has 6 messages with seqs from 1001 to 1006, where they begin at 1 and have no gap.")]
    [InlineData("UPDATE messages SET conversation = 9 WHERE conversation = 3", "messages.db: messages names a row of conversations that is not there.")]
    [InlineData("CREATE TABLE more AS SELECT 1", "messages.db: it holds 1 rows of more where the manifest says 0.")]
    [InlineData("ALTER TABLE messages RENAME TO others; CREATE VIEW messages AS SELECT * FROM others", "messages.db: it has no table messages: this is no database of KaiChat.")]
    public void A_database_that_is_whole_but_another_one(string sql, string fault) =>
        Refused(Changed(sql), fault.Replace("PRESENT", $"{KaiChat.Server.Storage.Sqlite.Schema.Migrations.Count}", StringComparison.Ordinal));

    [Fact]
    public void A_newer_schema_is_refused_with_both_numbers() =>
        Refused(
            Changed("PRAGMA user_version = 1000", manifest => manifest["schema"] = 1000),
            $"messages.db: it has schema 1000, this release knows schemas up to {KaiChat.Server.Storage.Sqlite.Schema.Migrations.Count}. Use the release that made it, or a newer one.");

    [Fact]
    public void Messages_that_retention_has_removed_are_no_gap()
    {
        const string Remove = "UPDATE conversations SET removed_through = 4 WHERE id = 2; DELETE FROM messages WHERE conversation = 2 AND seq ";
        Refused(Changed(Remove + "<= 3", Counted(304)), "messages.db: conversation #2 has 3 messages with seqs from 4 to 6, where they begin at 5 and have no gap.");
        Refused(Changed(Remove + "<= 4", Counted(303)), "The file is not as it was written: ");      // only the seal is wrong

        static Action<JsonNode> Counted(int messages) => manifest => manifest["counts"]!["messages"] = messages;
    }

    [Fact]
    public void A_database_that_is_damaged_inside()
    {
        var forged = _bench.Forge(
            entries => entries["messages.db"].AsSpan(4096 + 2048, 1500).Fill(0xA5),
            describe: true);
        Assert.All(BackupBench.Faults(forged), fault => Assert.StartsWith("messages.db: it ", fault, StringComparison.Ordinal));
        Refused(_bench.Forge(entries => entries["messages.db"] = Encoding.ASCII.GetBytes(new string('x', 5000)), describe: true), "messages.db: it cannot be read (");
    }

    /// <summary>A backup whose database was changed, and whose manifest knows its hash.</summary>
    private string Changed(string sql, Action<JsonNode>? manifest = null) => _bench.Forge(
        entries =>
        {
            var file = _bench.File("changed.db");
            File.WriteAllBytes(file, entries["messages.db"]);
            using (var shell = new SqliteShell(file)) shell.Execute("PRAGMA foreign_keys = OFF; " + sql);
            entries["messages.db"] = File.ReadAllBytes(file);
        },
        describe: true,
        manifest);

    private static JsonNode EntryOf(JsonNode manifest, string name) => manifest["entries"]!.AsArray().Single(entry => (string?)entry!["name"] == name)!;

    /// <summary>Both commands say so in one line, and the second has touched nothing.</summary>
    private void Refused(string file, params string[] parts)
    {
        var target = _bench.File("target");
        var faults = BackupBench.Faults(file);
        Assert.Contains(faults, fault => Array.TrueForAll(parts, part => fault.Contains(part, StringComparison.Ordinal)) && fault.StartsWith(parts[0], StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain(fault, char.IsControl));
        var again = Assert.Throws<BackupDamagedException>(() => new BackupRestore(_bench.Clock).Restore(file, target, force: true, progress: null, default));
        Assert.Equal(faults, again.Faults);
        if (Directory.Exists(target)) Assert.Equal(["messages.lock"], BackupBench.Files(target));
    }
}
