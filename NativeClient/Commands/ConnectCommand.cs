using System.CommandLine;
using System.CommandLine.Parsing;
using KaiChat.NativeClient.Connection;
using KaiChat.NativeClient.Conversation;
using KaiChat.Shared.Names;

namespace KaiChat.NativeClient.Commands;

/// <summary><c>kaichat connect</c>: its options, what they mean, and what is wrong with them before anything is connected.</summary>
internal sealed class ConnectCommand
{
    private const string Description = """
        Join a channel and talk. On a terminal you type and read at once (!help lists the commands). With redirected input each line of it is sent as a
        message, messages from others are printed as "[name]> text", and the program ends when the server has taken the last line.

        Exit codes:
          0    all went well
          1    the server cannot be reached, or the connection was lost
          2    the command line makes no sense
          3    the server refused the name, the channel, or a line of the input
          4    the server's certificate is not trusted
          5    the server does not speak KaiChat as this program knows it
          130  stopped by Ctrl+C before the work was done
        """;

    private readonly Argument<string> _host = new("HOST") { Description = "The server's name or address." };
    private readonly Option<int> _port = NumberOption.Of("--port", "PORT", "The server's port.", ServerAddress.DefaultPort, 1, 65535);
    private readonly Option<bool> _tls = new("--tls") { Description = "Encrypt the connection; the certificate's chain must lead to a trusted authority." };
    private readonly Option<CertificateFingerprint?> _fingerprint = new("--fingerprint")
    {
        HelpName = "SHA256",
        Description = "With --tls: trust the certificate of this fingerprint and no other. 64 hex digits, colons optional.",
        CustomParser = ParseFingerprint,
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "With --tls: trust any certificate. Whoever is on the way can then read and change everything.",
    };

    private readonly Option<Username> _user = new("--user")
    {
        HelpName = "NAME",
        Required = true,
        Description = "Your name, 1 to 10 ASCII characters.",
        CustomParser = result => Username.TryParse(TextOf(result), out var name, out var error) ? name : Refuse<Username>(result, error.DescribeUsername()),
    };

    private readonly Option<ChannelName> _channel = new("--channel")
    {
        HelpName = "@NAME",
        Required = true,
        Description = "The channel to join.",
        CustomParser = result => ChannelName.TryParse(TextOf(result), out var name, out var error) ? name : Refuse<ChannelName>(result, error.DescribeChannel()),
    };

    private readonly Option<double> _poll = NumberOption.Of("--poll", "SECONDS", "The time between two questions for news.", 2.0, 0.1, 3600);
    private readonly Option<double> _timeout = NumberOption.Of("--timeout", "SECONDS", "How long the server may take to answer.", 30.0, 0.1, 3600);
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a line; no terminal view." };

    public ConnectCommand(ClientHost host)
    {
        Command = new Command("connect", Description)
        {
            _host, _port, _tls, _fingerprint, _insecure, _user, _channel, _poll, _timeout, _json,
        };
        Command.Validators.Add(RefuseContradictions);
        Command.SetAction(async (parsed, stop) => (int)await ConnectRun.RunAsync(Read(parsed), host, stop));
    }

    public Command Command { get; }

    private ConnectRequest Read(ParseResult parsed) => new(
        new ServerAddress(parsed.GetRequiredValue(_host), parsed.GetValue(_port)),
        parsed.GetValue(_tls) ? new CertificateTrust(parsed.GetValue(_fingerprint), parsed.GetValue(_insecure)) : null,
        new KaiClientOptions(
            parsed.GetRequiredValue(_user),
            parsed.GetRequiredValue(_channel),
            TimeSpan.FromSeconds(parsed.GetValue(_poll)),
            TimeSpan.FromSeconds(parsed.GetValue(_timeout))),
        parsed.GetValue(_json));

    /// <summary>Trust without TLS would be a false comfort, and a pin beside "anything" means nothing.</summary>
    private void RefuseContradictions(CommandResult result)
    {
        var tls = result.GetResult(_tls) is not null;
        var pin = result.GetResult(_fingerprint) is not null;
        var insecure = result.GetResult(_insecure) is not null;
        if (pin && insecure) result.AddError("--fingerprint and --insecure contradict each other: give one of them.");
        else if ((pin || insecure) && !tls) result.AddError($"{(pin ? "--fingerprint" : "--insecure")} is about TLS: give --tls too.");
    }

    private static CertificateFingerprint? ParseFingerprint(ArgumentResult result) => CertificateFingerprint.TryParse(TextOf(result), out var fingerprint)
        ? fingerprint
        : Refuse<CertificateFingerprint>(result, "A SHA-256 fingerprint has 64 hex digits; colons between them are optional.");

    private static string TextOf(ArgumentResult result) => result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string reason)
        where T : class
    {
        result.AddError(reason);
        return null;
    }
}
