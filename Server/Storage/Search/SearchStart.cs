namespace KaiChat.Server.Storage.Search;

/// <summary>Opens the search index when the server starts.</summary>
internal sealed class SearchStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<SqliteSearchIndex>();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
