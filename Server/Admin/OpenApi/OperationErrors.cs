using System.Globalization;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Describes every error of every operation as what it is: a problem document, with an example.</summary>
internal sealed class OperationErrors : IOperationFilter
{
    private const string ContentType = "application/problem+json";

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        operation.Responses!.TryAdd("500", new OpenApiResponse { Description = "Internal Server Error" });
        // A body that is too large is refused wherever it goes (BodyLimit), and what is no JSON wherever one is read.
        operation.Responses.TryAdd("413", new OpenApiResponse { Description = "Content Too Large" });
        if (operation.RequestBody is not null) operation.Responses.TryAdd("415", new OpenApiResponse { Description = "Unsupported Media Type" });
        var responses = new OpenApiResponses();
        foreach (var (status, response) in operation.Responses.OrderBy(response => response.Key, StringComparer.Ordinal)) responses.Add(status, response);
        operation.Responses = responses;
        // The framework's class, which knows neither code nor traceId, is what endpoints are declared with.
        if (context.SchemaRepository.TryLookupByType(typeof(ProblemDetails), out var declared)) context.SchemaRepository.Schemas.Remove(declared.Reference.Id!);
        var schema = context.SchemaGenerator.GenerateSchema(typeof(Problem), context.SchemaRepository);
        foreach (var (status, response) in responses)
        {
            if (response is not OpenApiResponse error || int.Parse(status, CultureInfo.InvariantCulture) is not (>= 400 and var code)) continue;
            error.Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [ContentType] = new OpenApiMediaType { Schema = schema, Example = Examples.ToJson(Examples.ProblemOf(code, operation.OperationId!)) },
            };
            if (HeaderOf(code) is var (name, description))
            {
                error.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
                {
                    [name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                };
            }
        }
    }

    private static (string Name, string Description)? HeaderOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => ("WWW-Authenticate", "Bearer"),
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => ("Retry-After", "When to try again, in seconds."),
        _ => null,
    };
}
