using KaiChat.Server.Admin.Idempotency;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Describes the request headers that conventions take, for operations that follow them.</summary>
internal sealed class OperationHeaders : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (!context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IdempotencyMetadata>().Any()) return;
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = IdempotencyExtensions.Header,
            In = ParameterLocation.Header,
            Description = "Yours for this request: repeated within a day, it gets the first answer again, with `Idempotency-Replayed: true`, and nothing is done twice.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 64 },
        });
    }
}
