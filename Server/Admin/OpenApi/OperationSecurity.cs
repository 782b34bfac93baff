using KaiChat.Server.Admin.Console;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Says of each operation which credentials it takes and which scope it asks for, by the very policies that its endpoint enforces.</summary>
internal sealed class OperationSecurity : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var schemes = metadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.AuthenticationSchemes).Distinct().ToList();
        // Whatever a key opens, the cookie of the console opens too, which holds no rights of its own.
        if (schemes.Contains(AdminKeyAuthentication.SchemeName)) schemes.Add(ConsoleCookie.SchemeName);
        operation.Security = [.. schemes.Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
        })];
        if (metadata.OfType<ScopeMetadata>().LastOrDefault() is not { } needed) return;
        operation.AddExtension("x-scope", new JsonNodeExtension(needed.Scope));
        operation.Description = string.Join("\n\n", new[] { operation.Description, $"Scope: `{needed.Scope}`." }.Where(part => !string.IsNullOrEmpty(part)));
    }
}
