using KaiChat.Server.Web;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>Describes a parameter that is a <see cref="Word{T}"/> by the words it may be.</summary>
internal sealed class ParameterWords : IParameterFilter
{
    public void Apply(IOpenApiParameter parameter, ParameterFilterContext context)
    {
        if (parameter is not OpenApiParameter concrete || context.ParameterInfo is null) return;
        var type = Nullable.GetUnderlyingType(context.ParameterInfo.ParameterType) ?? context.ParameterInfo.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Word<>)) return;
        // What was made of the wrapper before is of no use to anybody.
        if (context.SchemaRepository.TryLookupByType(type, out var wrapper)) context.SchemaRepository.Schemas.Remove(wrapper.Reference.Id!);
        concrete.Schema = context.SchemaGenerator.GenerateSchema(type.GetGenericArguments()[0], context.SchemaRepository);
    }
}
