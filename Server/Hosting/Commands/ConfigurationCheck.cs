using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>All that is wrong with a server's settings, instead of the first thing that stops its start.</summary>
internal static class ConfigurationCheck
{
    /// <param name="settings">Those of the command line.</param>
    /// <exception cref="StartupException">The settings file cannot be read.</exception>
    public static IReadOnlyList<string> FindFaults(string[] settings)
    {
        var builder = ServerConfiguration.Read(settings);
        Program.AddParts(builder);
        using var services = builder.Services.BuildServiceProvider();
        var faults = ServerConfiguration.FindFaults(builder.Configuration).ToList();
        foreach (var section in services.GetServices<CheckedSection>()) faults.AddRange(FaultsOf(section, services));
        // What they name is looked for when they can be read.
        if (faults.Count == 0) faults.AddRange(FindInWorld(services, builder.Environment.ContentRootPath));
        return faults;
    }

    private static IEnumerable<string> FaultsOf(CheckedSection section, IServiceProvider services)
    {
        try
        {
            section.Read(services);
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return invalid.Failures;
        }
        catch (InvalidOperationException unreadable)
        {
            return [(unreadable.InnerException as InvalidOperationException ?? unreadable).Message];
        }
    }

    private static IEnumerable<string> FindInWorld(IServiceProvider services, string contentRoot)
    {
        var storage = services.GetRequiredService<IOptions<StorageOptions>>().Value;
        var native = services.GetRequiredService<IOptions<KaiChatOptions>>().Value;
        var configuration = services.GetRequiredService<IConfiguration>();
        string?[] faults =
        [
            FindInDirectory("Storage:Directory", storage.Directory),
            services.GetRequiredService<IOptions<BackupOptions>>().Value.Directory is { } backups ? FindInDirectory(BackupOptions.DirectoryKey, backups) : null,
            .. EndpointSettings.FindForeign(configuration),
            native.Tls == KaiTlsMode.Disabled ? null : EndpointCertificates.FindFault(NativeCertificate(native, configuration.GetSection("Kestrel"), storage, contentRoot)),
            .. EndpointCertificates.FindFaults(configuration, contentRoot),
        ];
        return faults.OfType<string>();
    }

    private static CertificateFiles? NativeCertificate(KaiChatOptions native, IConfigurationSection kestrel, StorageOptions storage, string contentRoot)
    {
        if (native.CertificatePath is { Length: > 0 } path) return new CertificateFiles("KaiChat:CertificatePath", path, native.CertificateKeyPath);
        if (CertificateFiles.OfKestrel(kestrel.GetSection("Certificates:Default"), contentRoot) is { } standard) return standard;
        // The one of its own that the server makes at its first start.
        var own = SelfSignedCertificate.In(storage.Directory);
        return File.Exists(own.Certificate) && File.Exists(own.PrivateKey) ? own : null;
    }

    /// <summary>Whether the server could write there; a directory that is missing is made at the start, in the nearest one that is not.</summary>
    private static string? FindInDirectory(string key, string directory)
    {
        var existing = Path.GetFullPath(directory);
        while (!Directory.Exists(existing) && !File.Exists(existing)) existing = Path.GetDirectoryName(existing)!;
        try
        {
            var probe = Path.Combine(existing, $".check-config-{Path.GetRandomFileName()}");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            return File.Exists(existing) ? $"{key}: {existing} is a file, not a directory." : $"{key}: {existing} cannot be written by this user ({unwritable.Message})";
        }
    }
}
