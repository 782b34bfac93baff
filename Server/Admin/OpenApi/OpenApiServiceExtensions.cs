using KaiChat.Server.Admin.Console;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.OpenApi;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>The REST API's OpenAPI document at <c>/swagger/v1/swagger.json</c>, made from signatures, doc comments and the policies that are in force.</summary>
internal static class OpenApiServiceExtensions
{
    private const string Description = """
        Everything over HTTP that is not the page itself. Sign in and talk over the hub at `/hub`; look and act as an operator with a key. Operations name the scope that the key needs.

        Errors are `application/problem+json` with a stable `code` (docs/errors.md). Lists come by page: `next`, and the `Link` header with `rel="next"`.
        Times are RFC 3339 in UTC. Answers may gain members at any time: ignore those you do not know.
        """;

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo { Title = "KaiChat.Web", Version = "1", Description = Description });
            swagger.IncludeXmlComments(typeof(OpenApiServiceExtensions).Assembly);
            swagger.IncludeXmlComments(typeof(Problem).Assembly);
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.AddSecurityDefinition(AdminKeyAuthentication.SchemeName, Bearer("A key: `Admin:Key`, or the content of `admin.key` in the data directory, or the `secret` of `POST /api/v1/keys`."));
            swagger.AddSecurityDefinition(ConsoleCookie.SchemeName, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = ConsoleCookie.CookieName,
                Description = "The cookie of `POST /api/v1/console/session`. Every request but GET and HEAD sends `X-KaiChat-Antiforgery` with it.",
            });
            swagger.AddSecurityDefinition(SessionTokenAuthentication.SchemeName, Bearer("A session token: the `token` of `POST /api/v1/sessions`."));
            swagger.SchemaFilter<SchemaWording>();
            swagger.ParameterFilter<ParameterWords>();
            swagger.OperationFilter<OperationSecurity>();
            swagger.OperationFilter<OperationHeaders>();
            swagger.OperationFilter<OperationErrors>();
            swagger.OperationFilter<OperationExamples>();
            swagger.OperationFilter<OperationFields>();
        });
    }

    public static void MapOpenApiDocument(this WebApplication app) =>
        app.MapSwagger(setupAction: swagger => swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);

    private static OpenApiSecurityScheme Bearer(string description) => new() { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = description };
}
