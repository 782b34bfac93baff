namespace KaiChat.Server.Admin;

/// <summary>What a key must allow for an operation.</summary>
internal sealed record ScopeMetadata(string Scope);

/// <summary>Puts scopes on operations.</summary>
internal static class ScopeExtensions
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder operation, string scope)
        where TBuilder : IEndpointConventionBuilder => operation.WithMetadata(new ScopeMetadata(scope));
}
