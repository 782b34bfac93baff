using KaiChat.Server.Storage.Backup;

namespace KaiChat.Server.Tests.Backup;

/// <summary>Whatever bytes are changed: it is refused in words, and never called good.</summary>
public sealed class BackupFuzzTests
{
    private const int Rounds = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Changed_bytes_are_noticed(int seed)
    {
        using var bench = new BackupBench();
        await bench.FillAsync();
        bench.Write(withSecrets: true);
        var whole = await File.ReadAllBytesAsync(bench.Zip);
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var file = bench.File("fuzz");
            var bytes = Damage(whole, random, out var what);
            await File.WriteAllBytesAsync(file, bytes);
            var error = Record.Exception(() => BackupBench.Verify(file));
            Assert.True(error is BackupDamagedException or WorkRefusedException, $"Seed {seed}, round {round}, {what}: {error}");
            Assert.Equal(["backup.zip", "fuzz"], Directory.GetFileSystemEntries(bench.File("")).Where(path => path != bench.Data).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_byte_of_what_is_not_content_counts()
    {
        using var bench = new BackupBench();
        await bench.FillAsync();
        bench.Write();
        var bytes = await File.ReadAllBytesAsync(bench.Zip);
        // The directory and the end of the zip file, byte by byte: names, times, sizes, modes, the comment.
        for (var at = bytes.Length - 320; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x01;
            await File.WriteAllBytesAsync(bench.File("fuzz"), bytes);
            var error = Record.Exception(() => BackupBench.Verify(bench.File("fuzz")));
            Assert.True(error is BackupDamagedException or WorkRefusedException, $"{at - bytes.Length}: {error}");
            bytes[at] ^= 0x01;
        }
    }

    private static byte[] Damage(byte[] whole, Random random, out string what)
    {
        var bytes = (byte[])whole.Clone();
        // Half of it where the structure is: at the beginning and at the end.
        var at = random.Next(4) switch
        {
            0 => random.Next(Math.Min(2000, bytes.Length)),
            1 => bytes.Length - 1 - random.Next(800),
            _ => random.Next(bytes.Length),
        };
        switch (random.Next(5))
        {
            case 0:
                what = $"cut at {at}";
                return bytes[..at];
            case 1:
                var length = Math.Min(random.Next(1, 64), bytes.Length - at);
                what = $"{length} bytes anew at {at}";
                random.NextBytes(bytes.AsSpan(at, length));
                bytes[at] = (byte)~whole[at];
                return bytes;
            case 2:
                what = $"a byte less at {at}";
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            default:
                what = $"a bit at {at}";
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }
}
