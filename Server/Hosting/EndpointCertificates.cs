using Microsoft.Extensions.Logging.Abstractions;

namespace KaiChat.Server.Hosting;

/// <summary>The certificates of the page's endpoints, looked at before Kestrel does, whose complaint names no setting.</summary>
internal static class EndpointCertificates
{
    /// <summary>What is wrong with an endpoint's, if it needs one.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration, string contentRoot)
    {
        var kestrel = configuration.GetSection("Kestrel");
        return kestrel.GetSection("Endpoints").GetChildren().Select(endpoint => FindFault(endpoint, kestrel, contentRoot)).OfType<string>();
    }

    /// <summary>What is wrong with a certificate's files.</summary>
    public static string? FindFault(CertificateFiles? files)
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

    private static string? FindFault(IConfigurationSection endpoint, IConfigurationSection kestrel, string contentRoot)
    {
        var url = endpoint["Url"]!;
        // One that goes by the name that a client asks for has its certificates there.
        if (BindingAddress.Parse(url).Scheme == "http" || endpoint.GetSection("Sni").GetChildren().Any()) return null;
        var files = CertificateFiles.OfKestrel(endpoint.GetSection("Certificate"), contentRoot) ?? CertificateFiles.OfKestrel(kestrel.GetSection("Certificates:Default"), contentRoot);
        var fromStore = endpoint["Certificate:Subject"] ?? kestrel["Certificates:Default:Subject"];
        return files is null && fromStore is null
            ? $"{endpoint.Path}:Url is {url}, but there is no certificate: set Kestrel:Certificates:Default:Path, or {endpoint.Path}:Certificate:Path."
            : FindFault(files);
    }
}
