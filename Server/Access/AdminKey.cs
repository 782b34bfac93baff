using System.Security.Cryptography;
using System.Text;
using KaiChat.Server.Hosting;
using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Access;

/// <summary>The operators' first bearer key: configured, or made once and kept in a file that only the server's user can read. Never logged.</summary>
internal sealed class AdminKey
{
    private readonly byte[] _hash;

    public AdminKey(IOptions<AdminOptions> options, IOptions<StorageOptions> storage)
    {
        var key = options.Value.Key;
        if (string.IsNullOrEmpty(key))
        {
            Path = System.IO.Path.Combine(storage.Value.Directory, "admin.key");
            if (!File.Exists(Path)) PrivateFile.Write(Path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
            key = File.ReadAllText(Path).Trim();
            if (key.Length == 0) throw StartupException.Configuration($"{Path} is empty: delete it, and a new key is made, or set Admin:Key.");
        }
        _hash = HashOf(key);
    }

    /// <summary>The file it lies in; null if it was configured.</summary>
    public string? Path { get; }

    /// <summary>What it is known by.</summary>
    public ReadOnlySpan<byte> Hash => _hash;

    /// <summary>SHA-256 of a key. Keys are random, so that it takes no slower function to keep them from being tried out.</summary>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
