using System.Security.Cryptography;

namespace KaiChat.Server.Storage.Backup;

/// <summary>Streams from one place to another and hashes on the way, in a buffer that does not grow.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Reads the first bytes of a stream, and copies them.</summary>
    /// <param name="target">Where to; null: nowhere, only the hash is wanted.</param>
    /// <param name="most">The most bytes to take.</param>
    /// <param name="report">Told how many bytes there were so far.</param>
    /// <returns>How many bytes there were, and their SHA-256 in lower-case hex.</returns>
    public static (long Size, string Sha256) Run(Stream source, Stream? target, long most, Action<long>? report, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        var size = 0L;
        while (size < most)
        {
            cancellation.ThrowIfCancellationRequested();
            var read = source.Read(buffer, 0, (int)Math.Min(buffer.Length, most - size));
            if (read == 0) break;
            size += read;
            hash.AppendData(buffer, 0, read);
            target?.Write(buffer, 0, read);
            report?.Invoke(size);
        }
        return (size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
