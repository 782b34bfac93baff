using KaiChat.Server.Access;
using KaiChat.Server.Hosting;
using KaiChat.Server.Hosting.Commands;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin;

/// <summary>The server's settings: <c>/api/v1/settings</c>.</summary>
internal static class SettingsApi
{
    public static void MapSettingsApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/settings").WithTags("Server");
        api.MapGet("/", List).WithName("listSettings").RequireScope(Scopes.ServerRead);
        api.MapPost("/reload", ReloadAsync).WithName("reloadSettings").RequireScope(Scopes.SettingsWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Lists every setting with its value in force and where that comes from, without secrets.</summary>
    /// <remarks>All on one page, in order of their sections.</remarks>
    private static Page<Setting> List(IServiceProvider services, IConfiguration configuration) => new(
        [.. SettingsList.Of(services, configuration).Select(shown => new Setting(shown.Key, shown.IsSecret ? null : shown.Value, shown.From, shown.NeedsRestart, shown.IsSecret))],
        Next: null);

    /// <summary>Reads the settings again, as SIGHUP does.</summary>
    /// <remarks>
    /// Limits and rules of retention are in force at once, for what begins from then on; log levels, too. The answer names what waits for the next start. If anything is
    /// wrong with the settings, the faults are named and nothing changes.
    /// </remarks>
    private static async Task<SettingsReload> ReloadAsync(HttpContext context, LiveSettings settings, AuditTrail audit)
    {
        // What it changes is in the files, and known only when it is done: the second record has it.
        await audit.RecordAsync(context.Actor(), "settings.reload", "settings");
        var report = settings.Reload();
        await audit.RecordAsync(context.Actor(), "settings.reload", "settings", before: null, report);
        return report;
    }
}
