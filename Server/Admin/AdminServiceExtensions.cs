using KaiChat.Server.Access;
using KaiChat.Server.Admin.Archive;
using KaiChat.Server.Admin.Console;
using KaiChat.Server.Admin.Events;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Admin.Inspector;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Server.Admin.Moderation;
using KaiChat.Server.Admin.OpenApi;
using KaiChat.Server.Connections;
using KaiChat.Server.Hosting;
using KaiChat.Server.Storage.Backup;
using KaiChat.Server.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace KaiChat.Server.Admin;

/// <summary>The operators' REST API as one part of the server.</summary>
internal static class AdminServiceExtensions
{
    /// <summary>A key of fewer characters than this can be tried out: 16 letters and digits are some 90 bits.</summary>
    private const int ShortestGoodKey = 16;

    /// <summary>The largest body of a request to the admin API, in bytes.</summary>
    private const int MaxBodyBytes = 64 * 1024;

    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        builder.AddAccess();
        var services = builder.Services;
        services.AddSingleton<AdminDoor>();
        services.AddSingleton<ServerFacts>();
        builder.AddCheckedOptions<BackupOptions>(BackupOptions.Section)
            .Validate(options => options.Directory is null || !string.IsNullOrWhiteSpace(options.Directory), $"{BackupOptions.DirectoryKey} is empty: name a directory, or leave it out.");
        services.AddSingleton<BackupShelf>();
        services.AddSingleton<JobRegistry>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRegistry>());
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, AdminKeyAuthentication>(AdminKeyAuthentication.SchemeName, _ => { });
        services.AddSingleton<ConsoleEvents>();
        services.AddSingleton<IGoodbye>(provider => provider.GetRequiredService<ConsoleEvents>());
        services.AddSingleton<WireInspections>();
        services.AddSingleton<IGoodbye>(provider => provider.GetRequiredService<WireInspections>());
        services.AddConsoleCookie();
        services.AddSingleton<KeptAnswers>();
        services.AddOpenApiDocument();
    }

    public static void MapAdmin(this WebApplication app)
    {
        // Made at the start rather than with the first request, so that the operator finds it.
        _ = app.Services.GetRequiredService<AdminKey>();
        app.UseKeyQuota();
        app.UseConsoleAntiforgery();
        app.UseQueryRules();
        app.UseIdempotency();
        app.UseSwaggerPage();
        app.MapOpenApiDocument();
        app.MapConsolePage();
        app.MapGroup("/api/v1").WithAdminRules().MapConsoleApi();
        var api = app.MapGroup("/api/v1")
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(AdminKeyAuthentication.SchemeName).RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()))
            .WithAdminRules()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapServerApi();
        api.MapSettingsApi();
        api.MapKeysApi();
        api.MapAuditApi();
        api.MapConnectionsApi();
        api.MapChannelsApi();
        api.MapSearchApi();
        api.MapConversationsApi();
        api.MapBackupsApi();
        api.MapJobsApi();
        api.MapBansApi();
        api.MapMutesApi();
        api.MapKicksApi();
        api.MapSessionsAdminApi();
        api.MapRaidLevelApi();
        api.MapNoticesApi();
        api.MapEventsApi();
        api.MapInspectionsApi();
        // It listens from the start, so that nothing is missing for who comes back.
        _ = app.Services.GetRequiredService<ConsoleEvents>();
        if (app.Services.GetRequiredService<IOptions<AdminOptions>>().Value.Key is { Length: > 0 and < ShortestGoodKey }) AdminLog.ShortKey(app.Logger, ShortestGoodKey);
        // Its clock starts with the server, not with the first question.
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<ServerFacts>());
    }

    /// <summary>What holds for every operation: nothing unknown in its query, and no body that is larger than anything it could have to say.</summary>
    private static RouteGroupBuilder WithAdminRules(this RouteGroupBuilder group) =>
        group.WithQueryRules().WithPageTags().WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).ProducesProblem(StatusCodes.Status400BadRequest);
}
