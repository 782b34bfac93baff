using KaiChat.Server.Storage;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Hosting.Commands;

/// <summary>What a command works with: where it speaks, and the settings it was given.</summary>
/// <param name="Output">Results, for whoever reads or pipes them.</param>
/// <param name="Error">Progress and failures.</param>
/// <param name="ErrorIsTerminal">Whether a line of <paramref name="Error"/> can be written over.</param>
/// <param name="Settings">Settings of the command line, <c>--Section:Key=value</c>.</param>
internal sealed record CommandHost(TextWriter Output, TextWriter Error, bool ErrorIsTerminal, TimeProvider Clock, string[] Settings)
{
    /// <summary>Where the data directory is, by the same settings as the server's.</summary>
    /// <exception cref="StartupException">A setting is wrong.</exception>
    /// <exception cref="OptionsValidationException">A value is.</exception>
    public string DataDirectory()
    {
        var builder = ServerConfiguration.CreateBuilder(Settings);
        builder.AddSqliteStorage();
        using var services = builder.Services.BuildServiceProvider();
        return services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory;
    }

    /// <summary>Does a long work on a thread of its own, showing how far it is.</summary>
    public async Task<T> WorkAsync<T>(bool quiet, Func<ConsoleProgress, T> work)
    {
        using var progress = new ConsoleProgress(quiet ? TextWriter.Null : Error, ErrorIsTerminal, Clock);
        return await Task.Run(() => work(progress));
    }
}
