using System.Text;

namespace KaiChat.Server.Storage.Backup;

/// <summary>
/// The last 64 characters of a backup: the SHA-256 of everything before them. They end the zip file's own comment, so that any tool reads the file; and they cover what
/// no hash of an entry does, such as names, times and the directory of the zip file.
/// </summary>
internal static class BackupSeal
{
    private const int Digits = 64;

    /// <summary>The comment of a file that is not sealed yet.</summary>
    public static string Comment => "KaiChat backup. SHA-256 of the file up to here: " + new string('0', Digits);

    /// <summary>Puts the seal in place of the zeros.</summary>
    public static void Write(FileStream file, Action<long, long> report, CancellationToken cancellation)
    {
        var seal = Compute(file, report, cancellation);
        file.Position = file.Length - Digits;
        file.Write(Encoding.ASCII.GetBytes(seal));
    }

    /// <summary>What is wrong with the seal; null if it is right.</summary>
    public static string? Check(FileStream file, CancellationToken cancellation)
    {
        var found = new byte[Digits];
        file.Position = Math.Max(0, file.Length - Digits);
        var length = file.ReadAtLeast(found, Digits, throwOnEndOfStream: false);
        var computed = Compute(file, (_, _) => { }, cancellation);
        return found.AsSpan(0, length).SequenceEqual(Encoding.ASCII.GetBytes(computed))
            ? null
            : $"The file is not as it was written: its SHA-256 is {computed}, its last {Digits} characters say {BackupFormat.Shown(Encoding.Latin1.GetString(found))}.";
    }

    private static string Compute(FileStream file, Action<long, long> report, CancellationToken cancellation)
    {
        var total = Math.Max(0, file.Length - Digits);
        file.Position = 0;
        return HashedCopy.Run(file, target: null, total, done => report(done, total), cancellation).Sha256;
    }
}
