using System.CommandLine;
using System.Net;

namespace KaiChat.Server.Hosting.Commands;

/// <summary><c>healthcheck</c></summary>
internal static class HealthCheckCommand
{
    private const string Description = """
        Ask a running server of this machine whether it is ready, for containers and monitors. Its address is that of the settings.

        Exit codes: 0 it is ready, 1 it is not, or does not answer, 2 wrong command line.
        """;

    /// <summary>Less than a container's own patience, so that the reason is told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Option<Uri?> Url = new("--url")
    {
        HelpName = "URL",
        Description = "Where the server is, for instance http://localhost:8080. Default: as configured, Kestrel:Endpoints:Web:Url.",
        CustomParser = given =>
        {
            if (Uri.TryCreate(given.Tokens.Single().Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return url;
            given.AddError("--url is an address like http://localhost:8080.");
            return null;
        },
    };

    public static Command Create(CommandHost host)
    {
        var command = new Command("healthcheck", Description) { Url };
        command.SetWork(async (parsed, stop) =>
        {
            try
            {
                await host.Output.WriteLineAsync(await AskAsync(parsed.GetValue(Url), host, stop));
            }
            catch (Exception silent) when (silent is StartupException or HttpRequestException or FormatException or OperationCanceledException)
            {
                throw new StartupException(ExitCodes.Fault, silent is OperationCanceledException ? $"No answer within {Patience.TotalSeconds:0} s." : silent.Message, silent);
            }
        });
        return command;
    }

    private static async Task<string> AskAsync(Uri? given, CommandHost host, CancellationToken stop)
    {
        var configuration = ServerConfiguration.CreateBuilder(host.Settings).Configuration;
        var url = new Uri(given ?? Configured(configuration), "/health/ready");
        using var handler = new SocketsHttpHandler { UseProxy = false };
#pragma warning disable CA5359 // The certificate is for the name that people use; this is the machine itself.
        if (url.IsLoopback) handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        using var http = new HttpClient(handler) { Timeout = Patience };
        using var question = new HttpRequestMessage(HttpMethod.Get, url);
        if (given is null && configuration["AllowedHosts"]?.Split(';')[0] is { Length: > 0 } name && !name.Contains('*', StringComparison.Ordinal)) question.Headers.Host = name;
        using var answer = await http.SendAsync(question, stop);
        return answer.StatusCode == HttpStatusCode.OK
            ? $"{url} is ready."
            : throw new StartupException(ExitCodes.Fault, $"{url} is not ready: {(int)answer.StatusCode} {answer.ReasonPhrase}.");
    }

    /// <summary>The first address for browsers, as one reaches it from this machine.</summary>
    private static Uri Configured(ConfigurationManager configuration)
    {
        var url = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).FirstOrDefault(url => !string.IsNullOrEmpty(url))
            ?? throw StartupException.Configuration("No address for browsers is configured: give --url.");
        var address = BindingAddress.Parse(url);
        if (address.Port == 0) throw StartupException.Configuration($"{url} is another port at each start: give --url.");
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new Uri($"{address.Scheme}://{host}:{address.Port}");
    }
}
