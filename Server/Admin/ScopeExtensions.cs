namespace KaiChat.Server.Admin;

/// <summary>The scope an operation needs.</summary>
internal sealed record ScopeMetadata(string Scope);

/// <summary>Says which scope operations need.</summary>
internal static class ScopeExtensions
{
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ScopeMetadata(scope));
}
