using KaiChat.Shared.Contracts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Says what doc comments and the serializer's settings mean to a reader who has neither.</summary>
internal sealed class SchemaWording : ISchemaFilter
{
    private static readonly string Namespace = typeof(Problem).Namespace + ".";

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema concrete) return;
        // References in doc comments come with the namespace, which nobody sees from outside.
        concrete.Description = concrete.Description?.Replace(Namespace, "", StringComparison.Ordinal);
        // Members nobody knows are refused in requests, but answers may gain some, and readers must let them pass.
        if (!context.Type.Name.EndsWith("Request", StringComparison.Ordinal)) concrete.AdditionalPropertiesAllowed = true;
    }
}
