using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Says of each operation which credentials it takes, by the very policies that its endpoint enforces.</summary>
internal sealed class OperationSecurity : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var schemes = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.AuthenticationSchemes);
        operation.Security = [.. schemes.Distinct().Select(scheme => new OpenApiSecurityRequirement
        {
            [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
        })];
    }
}
