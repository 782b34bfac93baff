using System.Net.Sockets;
using System.Security.Cryptography;

namespace KaiChat.NativeClient.Doctor;

/// <summary>One run of <c>kaichat doctor</c>, from the open port to the exit code.</summary>
internal static class DoctorRun
{
    /// <param name="stop">The person has seen enough: the session so far is reported.</param>
    public static async Task<DoctorExitCode> RunAsync(DoctorRequest request, ClientHost host, CancellationToken stop)
    {
        var prompts = !request.Script;
        IDoctorView view = request.Json
            ? new JsonDoctorView(host.Output, host.Error, request.Hex, prompts)
            : new TextDoctorView(host.Output, host.Error, request.Hex, prompts);
        using var certificate = ThrowAwayCertificate.Create(request.Listen.Address, host.Clock.GetUtcNow());
        using var listener = new TcpListener(request.Listen);
        try
        {
            listener.Start();
        }
        catch (SocketException fault)
        {
            view.Say($"Cannot listen on {request.Listen}: {fault.Message}.");
            return DoctorExitCode.Nothing;
        }

        view.Say($"Listening on {listener.LocalEndpoint}, plain and TLS. The certificate is made for this run; its fingerprint is {certificate.GetCertHashString(HashAlgorithmName.SHA256)}.");
        var (sawClient, sawNothing, sawBreach) = (false, false, false);
        for (var number = 1; number <= request.Sessions && !stop.IsCancellationRequested; number++)
        {
            view.Ask("Connect your client.");
            if (await AcceptAsync(listener, request, host, stop) is not { } socket)
            {
                if (!stop.IsCancellationRequested) view.Say($"No client came within {request.Timeout.TotalSeconds:0.###} s.");
                break;
            }

            using var session = new DoctorSession(socket, certificate, request.Timeout, view, host.Clock);
            var trace = await session.RunAsync(stop);
            var judgements = Rules.Judge(trace);
            view.Report(number, trace, judgements);
            sawClient = true;
            sawNothing |= !trace.FromClient.Any();
            sawBreach |= judgements.Any(judgement => judgement.Verdict == Verdict.Broken);
        }

        return sawBreach ? DoctorExitCode.Broken : sawClient && !sawNothing ? DoctorExitCode.Ok : DoctorExitCode.Nothing;
    }

    /// <summary>The next client; null if none comes in time.</summary>
    private static async Task<Socket?> AcceptAsync(TcpListener listener, DoctorRequest request, ClientHost host, CancellationToken stop)
    {
        using var time = new CancellationTokenSource(request.Timeout, host.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop);
        try
        {
            var socket = await listener.AcceptSocketAsync(either.Token);
            socket.NoDelay = true;
            return socket;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
