using KaiChat.Shared.Contracts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Gives every operation with a body its example, and every page its <c>Link</c> header.</summary>
internal sealed class OperationExamples : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (Examples.Requests.TryGetValue(operation.OperationId!, out var request)) SetExample(operation.RequestBody?.Content, request);
        SetDownloads(operation);
        foreach (var (status, response) in operation.Responses!.Where(response => response.Key[0] == '2'))
        {
            // An operation with two good answers has an example of each.
            if (Examples.Responses.TryGetValue(operation.OperationId!, out var answer) || Examples.Responses.TryGetValue($"{operation.OperationId} {status}", out answer))
            {
                SetAnswer((OpenApiResponse)response, answer);
            }
        }
    }

    private static void SetAnswer(OpenApiResponse success, object answer)
    {
        SetExample(success.Content, answer);
        if (!answer.GetType().IsGenericType || answer.GetType().GetGenericTypeDefinition() != typeof(Page<>)) return;
        success.Headers = new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal)
        {
            ["Link"] = new OpenApiHeader { Description = "The next page, with `rel=\"next\"` (RFC 8288); absent on the last one.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
    }

    /// <summary>What is downloaded as it is, rather than read as JSON.</summary>
    private static void SetDownloads(OpenApiOperation operation)
    {
        foreach (var response in operation.Responses!.Values.OfType<OpenApiResponse>().Where(response => response.Content is not null))
        {
            foreach (var (type, media) in response.Content!)
            {
                if (media is not OpenApiMediaType concrete) continue;
                var example = Examples.Downloads.GetValueOrDefault($"{operation.OperationId} {type}") ?? Examples.Downloads.GetValueOrDefault(type);
                if (example is null) continue;
                concrete.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
                concrete.Example = Examples.OwnDownloads.GetValueOrDefault(operation.OperationId!, example);
            }
        }
    }

    private static void SetExample(IDictionary<string, IOpenApiMediaType>? content, object example)
    {
        foreach (var media in (content ?? throw new InvalidOperationException("An operation with an example has no body.")).Values.OfType<OpenApiMediaType>())
        {
            media.Example = Examples.ToJson(example);
        }
    }
}
