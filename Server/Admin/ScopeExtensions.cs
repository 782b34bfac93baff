namespace KaiChat.Server.Admin;

/// <summary>What an operation asks of whoever calls it.</summary>
/// <param name="Scope">One of <see cref="Access.Scopes"/>.</param>
internal sealed record ScopeMetadata(string Scope);

/// <summary>Puts scopes on operations.</summary>
internal static class ScopeExtensions
{
    /// <summary>Asks for a scope.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new ScopeMetadata(scope));
}
