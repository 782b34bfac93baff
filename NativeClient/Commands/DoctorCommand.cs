using System.CommandLine;
using System.Net;
using KaiChat.NativeClient.Doctor;

namespace KaiChat.NativeClient.Commands;

/// <summary><c>kaichat doctor</c>: its options and what they mean.</summary>
internal sealed class DoctorCommand
{
    private const int DefaultPort = 29201;

    private const string Description = """
        Examine a KaiChat client. Listens like a server, plain and TLS on one port, plays a lenient server, shows each PDU that comes and goes, and reports
        which rules of the protocol the client kept and which it broke. Docs: docs/doctor.md.

        Exit codes:
          0    every rule that was seen was kept
          1    a rule was broken
          2    the command line makes no sense
          3    nothing was examined: no client came, one said nothing that could be read,
               or the port cannot be used
        """;

    private readonly Option<IPAddress> _listen = new("--listen")
    {
        HelpName = "ADDRESS",
        Description = "The address to listen on. Beyond loopback, everybody who reaches it can connect.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out var address)) return address;
            result.AddError($"--listen is an IP address, not {result.Tokens[0].Value}.");
            return null;
        },
    };

    private readonly Option<int> _port = NumberOption.Of("--port", "PORT", "The port to listen on; 0 takes a free one.", DefaultPort, 0, 65535);
    private readonly Option<int> _sessions = NumberOption.Of("--sessions", "N", "How many connections to examine, one after the other.", 1, 1, 1000);
    private readonly Option<double> _timeout = NumberOption.Of("--timeout", "SECONDS", "How long to wait for a client, and how long a session may take.", 300.0, 1, 86400);
    private readonly Option<bool> _script = new("--script") { Description = "Nobody is there: do not say what to do next with the client." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object a session, PDUs and rules, instead of text." };
    private readonly Option<bool> _hex = new("--hex") { Description = "Show the bytes of each PDU." };

    public DoctorCommand(ClientHost host)
    {
        Command = new Command("doctor", Description) { _listen, _port, _sessions, _timeout, _script, _json, _hex };
        Command.SetAction(async (parsed, stop) => (int)await DoctorRun.RunAsync(Read(parsed), host, stop));
    }

    public Command Command { get; }

    private DoctorRequest Read(ParseResult parsed) => new(
        new IPEndPoint(parsed.GetRequiredValue(_listen), parsed.GetValue(_port)),
        parsed.GetValue(_sessions),
        TimeSpan.FromSeconds(parsed.GetValue(_timeout)),
        parsed.GetValue(_script),
        parsed.GetValue(_json),
        parsed.GetValue(_hex));
}
