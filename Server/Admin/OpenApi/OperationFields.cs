using KaiChat.Server.Web;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Describes the header fields that conventions put on answers: quotas, and of lists what a conditional GET needs.</summary>
internal sealed class OperationFields : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var isCounted = metadata.OfType<ScopeMetadata>().Any() || metadata.OfType<AddressQuota>().Any();
        foreach (var (status, response) in operation.Responses!)
        {
            if (!isCounted || response is not OpenApiResponse answer || (status[0] != '2' && status != "429")) continue;
            Add(answer, QuotaState.PolicyField, "How many requests there may be: `q` in `w` seconds (draft-ietf-httpapi-ratelimit-headers).");
            Add(answer, QuotaState.Field, "What is left of them: `r`, counted anew in `t` seconds.");
        }
        if (!IsList(context.MethodInfo.ReturnType) || operation.Responses.GetValueOrDefault("200") is not OpenApiResponse page) return;
        Add(page, "ETag", "The tag of this page: with it as `If-None-Match`, the same page is 304.");
        operation.Responses["304"] = new OpenApiResponse { Description = "Not Modified" };
    }

    private static bool IsList(Type answer) =>
        EntityTags.IsPage(answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Task<>) ? answer.GetGenericArguments()[0] : answer);

    private static void Add(OpenApiResponse answer, string name, string description) =>
        (answer.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal))[name] =
            new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
