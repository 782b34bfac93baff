using KaiChat.Server.Access;
using KaiChat.Server.Protocols.KaiChat;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting;

/// <summary>What the console says once the server listens: where everything is.</summary>
internal sealed class StartupBanner(
    IServer server, ListeningEndpoints listening, IOptions<KaiChatOptions> native, IOptions<AdminOptions> admin, IServiceProvider services, AdminKey adminKey)
{
    public void Print(TextWriter console)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses.Where(address => !listening.IsNative(address)).ToArray();
        var desk = admin.Value.Port is { } port ? addresses.FirstOrDefault(address => BindingAddress.Parse(address).Port == port) : addresses.FirstOrDefault();
        var web = desk is null ? "(no web endpoint)" : Reachable(desk);
        var tls = native.Value.Tls switch
        {
            KaiTlsMode.Required => "TLS only",
            KaiTlsMode.Disabled => "plain TCP only",
            _ => "plain TCP or TLS",
        };
        console.WriteLine();
        console.WriteLine($"  KaiChat.Web {ServerVersion.Text} is running. Press Ctrl+C to stop.");
        console.WriteLine();
        foreach (var address in addresses) console.WriteLine($"  Web page         {Reachable(address)}");
        console.WriteLine($"  Native clients   port {listening.NativePort}, {tls}");
        // Not a parameter of the constructor: a server without TLS makes no certificate.
        if (native.Value.Tls != KaiTlsMode.Disabled) console.WriteLine($"  Certificate      SHA-256 {services.GetRequiredService<ServerCertificate>().Fingerprint}");
        console.WriteLine($"  Console          {web}/admin");
        console.WriteLine($"  Admin API        {web}/swagger");
        console.WriteLine($"  Admin key        {adminKey.Path ?? "as configured (Admin:Key)"}");
        console.WriteLine();
    }

    /// <summary>An address that can be clicked on: one that stands for all of this machine's is no place to go to.</summary>
    private static string Reachable(string address) =>
        address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
}
