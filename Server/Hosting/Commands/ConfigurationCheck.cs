using System.Net.Sockets;
using KaiChat.Server.Protocols.KaiChat;
using KaiChat.Server.Storage;
using KaiChat.Server.Storage.Backup;
using Microsoft.Extensions.Logging.Abstractions;
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
        var kestrel = services.GetRequiredService<IConfiguration>().GetSection("Kestrel");
        string?[] faults =
        [
            FindInDirectory("Storage:Directory", storage.Directory),
            services.GetRequiredService<IOptions<BackupOptions>>().Value.Directory is { } backups ? FindInDirectory(BackupOptions.DirectoryKey, backups) : null,
            FindInNativeAddress(native),
            native.Tls == KaiTlsMode.Disabled ? null : FindInCertificate(NativeCertificate(native, kestrel, storage, contentRoot)),
            .. kestrel.GetSection("Endpoints").GetChildren().Select(endpoint => FindInEndpoint(endpoint, kestrel, contentRoot)),
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

    private static string? FindInCertificate(CertificateFiles? files)
    {
        try
        {
            if (files is not null) _ = new ServerCertificate(files, TimeProvider.System, NullLogger<ServerCertificate>.Instance);
            return null;
        }
        catch (StartupException unreadable)
        {
            return unreadable.Message;
        }
    }

    private static string? FindInNativeAddress(KaiChatOptions native)
    {
        if (KaiEndpoint.ParseAddress(native.Address) is not { } address) return null;
        try
        {
            // Any port: whether the configured one is taken, perhaps by the very server, is not the question.
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new System.Net.IPEndPoint(address, 0));
            return null;
        }
        catch (SocketException refused)
        {
            return $"KaiChat:Address: {address} is no address of this machine ({refused.Message}).";
        }
    }

    private static string? FindInEndpoint(IConfigurationSection endpoint, IConfigurationSection kestrel, string contentRoot)
    {
        var key = endpoint.Path + ":Url";
        if (endpoint["Url"] is not { Length: > 0 } url) return $"{key} is missing.";
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException unreadable)
        {
            return $"{key}: {unreadable.Message}";
        }
        if (address.Scheme is not ("http" or "https")) return $"{key} is {url}: it begins with http:// or https://.";
        if (address.PathBase.Length > 0) return $"{key} is {url}: it has no path.";
        if (address.Scheme == "http") return null;
        var files = CertificateFiles.OfKestrel(endpoint.GetSection("Certificate"), contentRoot) ?? CertificateFiles.OfKestrel(kestrel.GetSection("Certificates:Default"), contentRoot);
        var fromStore = endpoint["Certificate:Subject"] ?? kestrel["Certificates:Default:Subject"];
        return files is null && fromStore is null
            ? $"{key} is {url}, but there is no certificate: set Kestrel:Certificates:Default:Path, or {endpoint.Path}:Certificate:Path."
            : FindInCertificate(files);
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
