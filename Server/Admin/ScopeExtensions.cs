using KaiChat.Server.Access;
using Microsoft.AspNetCore.Authorization;

namespace KaiChat.Server.Admin;

/// <summary>What a key must be allowed for an operation.</summary>
/// <param name="Scope">One of <see cref="Scopes"/>.</param>
internal sealed record ScopeMetadata(string Scope);

/// <summary>Puts scopes on operations.</summary>
internal static class ScopeExtensions
{
    /// <summary>Lets keys with this scope do it, and no others. That of an operation counts before that of its group.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ScopeMetadata(scope));

    /// <summary>The scope an operation asks for; null if it has none, and nobody may do it.</summary>
    public static string? ScopeOf(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ScopeMetadata>()?.Scope;
}

/// <summary>That the caller's key has the scope of the operation. One without a scope is closed to everybody.</summary>
internal sealed class ScopeRequirement : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.Resource is HttpContext request && request.ScopeOf() is { } scope && request.Holder()?.May(scope) == true) context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
