using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin;

/// <summary>Scopes that depend on what a request asks for, so that the operation looks for them itself.</summary>
internal static class CallerScopes
{
    /// <summary>Whether the caller may do that.</summary>
    public static bool May(this HttpContext context, string scope) => context.Holder()?.May(scope) == true;

    /// <exception cref="ChatRefusedException">The caller may not do that.</exception>
    public static void RequireScope(this HttpContext context, string scope)
    {
        if (!context.May(scope)) throw new ChatRefusedException(ErrorCodes.ScopeMissing, $"Your key does not have the scope {scope}.");
    }
}
