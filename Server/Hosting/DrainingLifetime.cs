using System.Runtime.InteropServices;

namespace KaiChat.Server.Hosting;

/// <summary>
/// Turns SIGINT, SIGTERM and SIGQUIT into an orderly stop, and SIGHUP into a look at the settings. The host's own console lifetime stops at once, and SignalR then closes its connections before anybody
/// could be told.
/// </summary>
internal sealed class DrainingLifetime(IServiceProvider services, IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT])
        {
            _signals.Add(PosixSignalRegistration.Create(signal, Handle));
        }
        // Before the parts are there, it has its common meaning, the end of the process.
        application.ApplicationStarted.Register(() => _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Reload(PosixSignalContext context)
    {
        context.Cancel = true;
        var manager = services.GetRequiredService<ServiceManager>();
        manager.TellReloading();
        services.GetRequiredService<LiveSettings>().Reload();
        manager.TellReloaded();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        _ = StopApplicationAsync();
    }

    private async Task StopApplicationAsync()
    {
        try
        {
            services.GetRequiredService<ServiceManager>().TellStopping();
            // Asked for now: the host makes its lifetime before anybody has looked at the settings.
            await services.GetRequiredService<Drain>().RunAsync();
        }
        finally
        {
            application.StopApplication();
        }
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }
}
