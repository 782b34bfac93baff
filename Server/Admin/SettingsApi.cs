using KaiChat.Server.Hosting;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin;

/// <summary>The server's settings: <c>/api/v1/settings</c>.</summary>
internal static class SettingsApi
{
    public static void MapSettingsApi(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/settings/reload", Reload).WithTags("Server").WithName("reloadSettings");

    /// <summary>Reads the settings again, as SIGHUP does.</summary>
    /// <remarks>
    /// Limits and rules of retention are in force at once, for what begins from then on; log levels, too. The answer names what waits for the next start. If anything is
    /// wrong with the settings, the faults are named and nothing changes.
    /// </remarks>
    private static SettingsReload Reload(LiveSettings settings) => settings.Reload();
}
