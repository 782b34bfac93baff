using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using KaiChat.Server.Access;
using KaiChat.Server.Admin;
using KaiChat.Server.Admin.Jobs;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin.Access;

/// <summary>What a key may do, and what not.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task Every_operation_that_needs_a_key_asks_for_a_scope()
    {
        await using var server = await ChatServer.StartAsync();
        var operations = Operations(server);
        Assert.NotEmpty(operations);
        Assert.All(operations, operation => Assert.True(
            operation.Metadata.GetMetadata<ScopeMetadata>() is { } needed && Scopes.All.Contains(needed.Scope), $"{operation.DisplayName} has no scope: RequireScope is missing."));
    }

    [Fact]
    public async Task Every_operation_is_closed_to_keys_without_its_scope_and_names_it()
    {
        await using var server = await ChatServer.StartAsync();
        using var admin = new Operator(server);
        var keys = new Dictionary<string, Operator>(StringComparer.Ordinal);
        foreach (var operation in Operations(server))
        {
            var scope = operation.Metadata.GetMetadata<ScopeMetadata>()!.Scope;
            var writing = scope.Replace(":read", ":write", StringComparison.Ordinal);
            if (!keys.TryGetValue(scope, out var all))
            {
                // Everything but this one, and but the one that includes it.
                all = keys[scope] = new Operator(server, (await admin.MakeAsync($"no-{scope.Replace(':', '-')}", [.. Scopes.All.Where(other => other != scope && other != writing)])).Secret);
            }
            foreach (var method in operation.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                var path = operation.RoutePattern.RawText!.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).TrimEnd('/');
                var problem = await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, all.SendAsync(new HttpMethod(method), path));
                Assert.Contains($" {scope}.", problem.Detail, StringComparison.Ordinal);
            }
        }
        foreach (var key in keys.Values) key.Dispose();
        // Refusals are no changes.
        Assert.All(await admin.AuditAsync(), item => Assert.Equal("key.create", item.Action));
    }

    [Fact]
    public async Task Writing_includes_reading()
    {
        await using var server = await ChatServer.StartAsync();
        using var ops = await Keys.WithScopesAsync(server, "ops", Scopes.ConnectionsWrite);
        await ops.GetAsync<Page<ClientConnection>>("/api/v1/connections");
        await ops.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, "/api/v1/channels");
    }

    [Fact]
    public async Task A_purge_takes_the_scope_of_deleting_and_a_job_is_cancelled_by_who_may_start_it()
    {
        await using var server = await ChatServer.StartAsync();
        using var channels = await Keys.WithScopesAsync(server, "channels", Scopes.ChannelsWrite, Scopes.BackupsWrite, Scopes.ServerRead);
        using var messages = await Keys.WithScopesAsync(server, "messages", Scopes.MessagesWrite, Scopes.ServerRead);
        await using var anna = await WebUser.SignInAsync(server, "anna", "@dev");
        await anna.SendAsync("@dev", "text");
        using var all = JsonContent.Create(new { throughSeq = 1 });
        await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, channels.SendAsync(HttpMethod.Post, "/api/v1/channels/dev/purge", all));
        await messages.SendAsync<PurgePreview>(HttpStatusCode.OK, HttpMethod.Post, "/api/v1/channels/dev/purge?dryRun=true", new { throughSeq = 1 });

        var jobs = server.Services.GetRequiredService<JobRegistry>();
        var (purge, backup) = (await StartAsync("purge", Scopes.MessagesWrite), await StartAsync("backup", Scopes.BackupsWrite));
        await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, channels.SendAsync(HttpMethod.Delete, JobsApi.Path + purge));
        await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, messages.SendAsync(HttpMethod.Delete, JobsApi.Path + backup));
        Assert.Equal(HttpStatusCode.NoContent, await messages.DeleteAsync(JobsApi.Path + purge));
        Assert.Equal(HttpStatusCode.NoContent, await channels.DeleteAsync(JobsApi.Path + backup));
        Assert.All(jobs.All, job => Assert.Equal(JobState.Cancelled, job.Shown.State));

        async Task<string> StartAsync(string kind, string scope) => (await jobs.StartAsync(kind, scope, _ => Task.CompletedTask, (_, cancellation) =>
            new TaskCompletionSource<string>().Task.WaitAsync(cancellation))).Shown.Id;
    }

    [Fact]
    public async Task Metrics_ask_for_their_scope_too()
    {
        await using var server = await ChatServer.StartAsync("Diagnostics:Metrics=Key");
        using var ops = await Keys.WithScopesAsync(server, "ops", Scopes.ServerRead);
        using var other = await Keys.WithScopesAsync(server, "other", Scopes.AuditRead);
        using var answer = await ops.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await other.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.ScopeMissing, "/metrics");
    }

    [Fact]
    public void Every_scope_has_its_constant_and_its_text() =>
        Assert.Equal(
            typeof(Scopes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!),
            Scopes.Described.Select(scope => scope.Name));

    /// <summary>All under /api/v1 that a key opens.</summary>
    private static RouteEndpoint[] Operations(ChatServer server) =>
    [
        .. server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/v1/", StringComparison.Ordinal)
                && endpoint.Metadata.OfType<AuthorizationPolicy>().Any(policy => policy.AuthenticationSchemes.Contains(AdminKeyAuthentication.SchemeName))),
    ];
}
