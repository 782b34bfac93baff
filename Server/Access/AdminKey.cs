using System.Security.Cryptography;
using System.Text;
using KaiChat.Server.Hosting;
using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Access;

/// <summary>The operators' bearer key: configured, or made once and kept in a file that only the server's user can read. Never logged.</summary>
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
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }

    /// <summary>The file it lies in; null if it was configured.</summary>
    public string? Path { get; }

    /// <summary>Whether a key is the right one. The time it takes says nothing about either.</summary>
    public bool Matches(string key) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), _hash);
}
