using KaiChat.Server.Hosting;

namespace KaiChat.Server.Access;

/// <summary>Operators' keys and the record of what was done with them, as one part of the server.</summary>
internal static class AccessServiceExtensions
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.AddCheckedOptions<AdminOptions>(AdminOptions.Section)
            .Validate(
                options => options.Port is not { } port || PortsOf(builder.Configuration).Contains(port),
                $"{AdminOptions.Section}:{nameof(AdminOptions.Port)} is on no endpoint: add one, like Kestrel:Endpoints:Admin:Url=http://127.0.0.1:9090, or leave it out.");
        var services = builder.Services;
        services.AddSingleton<AdminKey>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<WrongKeys>();
        services.AddSingleton<AuditTrail>();
    }

    /// <summary>The ports of the web that are configured; an address that is none is told of by the web server.</summary>
    private static IEnumerable<int> PortsOf(ConfigurationManager configuration)
    {
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            if (Uri.TryCreate(endpoint["Url"]?.Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var address)) yield return address.Port;
        }
    }
}
