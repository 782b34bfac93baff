using KaiChat.Server.Hosting;
using KaiChat.Server.Storage.Search;
using KaiChat.Server.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Storage;

/// <summary>Adds the message log to the server.</summary>
internal static class StorageRegistration
{
    private const int MaxAppendQueue = 1 << 20;
    private const int MaxDatabaseMegabytes = 1 << 22;      // 4 TiB: a quarter of what pages of 4 KiB can count

    /// <summary>
    /// Adds the <see cref="IMessageLog"/> on SQLite. It is opened when it is first asked for, and the container closes it; a
    /// <see cref="StorageStartException"/> on the way out of the host's start is one line for the operator.
    /// </summary>
    public static void AddSqliteStorage(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddCheckedOptions<StorageOptions>(StorageOptions.Section)
            .Validate(options => !string.IsNullOrWhiteSpace(options.Directory), $"{StorageOptions.DirectoryKey} is empty: name a directory.")
            .Validate(
                options => options.AppendQueue is >= 1 and <= MaxAppendQueue,
                $"{StorageOptions.AppendQueueKey} is outside 1 to {MaxAppendQueue}.")
            .Validate(
                options => options.MaxMegabytes is >= 0 and <= MaxDatabaseMegabytes,
                $"{StorageOptions.MaxMegabytesKey} is outside 0 (no limit) to {MaxDatabaseMegabytes}.")
            .Validate(
                options => options.SearchTime >= TimeSpan.FromMilliseconds(10) && options.SearchTime <= TimeSpan.FromMinutes(1),
                $"{StorageOptions.SearchTimeKey} is outside 00:00:00.01 to 00:01:00.");
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton(provider => SqliteMessageLog.Open(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteMessageLog>>(),
            provider.GetRequiredService<StorageMetrics>()));
        services.AddSingleton<IMessageLog>(provider => provider.GetRequiredService<SqliteMessageLog>());
        services.AddSingleton<ILogRetention>(provider => provider.GetRequiredService<SqliteMessageLog>());
        services.AddSingleton(provider => provider.GetRequiredService<SqliteMessageLog>().Sessions);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteMessageLog>().Audit);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteMessageLog>().ChannelSettings);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteMessageLog>().Keys);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteMessageLog>().Sanctions);
        services.AddSingleton(provider => provider.GetRequiredService<SqliteMessageLog>().Settings);
        services.AddSingleton(provider => SqliteSearchIndex.Open(
            provider.GetRequiredService<SqliteMessageLog>(),
            provider.GetRequiredService<IOptions<StorageOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqliteSearchIndex>>()));
        // Opened with the server, so that it is up to date when the first question comes.
        services.AddHostedService<SearchStart>();
        services.AddSingleton<ISearchIndex>(provider => provider.GetRequiredService<SqliteSearchIndex>());
    }
}
