using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using KaiChat.Server.Access;
using KaiChat.Server.Admin.Idempotency;
using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Admin;

/// <summary>Operators' keys: <c>/api/v1/keys</c>, and what they may be allowed: <c>/api/v1/scopes</c>.</summary>
internal static partial class KeysApi
{
    public static void MapKeysApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scopes", ListScopes).WithTags("Keys").WithName("listScopes").RequireScope(Scopes.KeysWrite);
        var api = routes.MapGroup("/keys").WithTags("Keys").RequireScope(Scopes.KeysWrite).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapGet("/", ListAsync).WithName("listKeys");
        api.MapPost("/", CreateAsync).WithName("createKey").WithIdempotency();
        api.MapGet("/{id}", GetAsync).WithName("getKey").ProducesProblem(StatusCodes.Status404NotFound).WithEntityTag();
        api.MapDelete("/{id}", RevokeAsync).WithName("revokeKey");
    }

    /// <summary>Lists what a key may be allowed.</summary>
    private static Page<ScopeInfo> ListScopes() => new([.. Scopes.Described.Select(scope => new ScopeInfo(scope.Name, scope.Text))], Next: null);

    /// <summary>Lists all keys, revoked and expired ones too, oldest first.</summary>
    /// <remarks>The first key, in <c>admin.key</c> or <c>Admin:Key</c>, is not among them.</remarks>
    /// <param name="after">Where the page begins: <c>next</c> of the page before.</param>
    /// <param name="limit">The most items of the page.</param>
    private static async Task<Page<ApiKey>> ListAsync(
        HttpContext context, KeyRing keys, [FromQuery] string? after, [FromQuery, Range(1, Paging.MaxLimit)] int limit = Paging.DefaultLimit) =>
        (await keys.ListAsync()).ToPage(context, key => key.Id.ToString("x16", CultureInfo.InvariantCulture), after, limit, key => ToContract(key));

    /// <summary>Gets a key, without its secret.</summary>
    /// <param name="id">The key.</param>
    private static async Task<ApiKey> GetAsync(string id, KeyRing keys) =>
        Parse(id) is { } number && await keys.FindAsync(number) is { } key ? ToContract(key) : throw new ChatRefusedException(ErrorCodes.NotFound, "There is no key of this id.");

    /// <summary>Makes a key.</summary>
    /// <remarks>
    /// The answer has the <c>secret</c>, which is shown this once and kept by nobody. A key can be allowed no more than the one that makes it, and outlives it. Its name is
    /// never given again.
    /// </remarks>
    private static async Task<Created<ApiKey>> CreateAsync(KeyRequest request, HttpContext context, KeyRing keys, AuditTrail audit, TimeProvider clock)
    {
        var (name, scopes, expires) = Check(request, context.Holder()!, clock.GetUtcNow());
        if (await keys.IsFullAsync()) throw new ChatRefusedException(ErrorCodes.LimitReached, $"There are {KeyRing.MostKeys} keys, and there may be no more. Revoke some.");
        var actor = context.Actor();
        var (secret, key) = await keys.AddAsync(
            name, scopes, actor.Name, expires, made => audit.EntryOf(actor, "key.create", name, before: null, new { id = IdOf(made), scopes, expiresAt = expires }));
        if (key is null) throw new ChatRefusedException(ErrorCodes.AlreadyExists, $"There is, or was, a key called {name}. Choose another name.");
        var made = ToContract(key);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created("/api/v1/keys/" + made.Id, made with { Secret = secret });
    }

    /// <summary>Revokes a key for good.</summary>
    /// <remarks>It opens nothing from then on, and sign-ins to the console with it have ended. It stays in the list. Repeating it changes nothing.</remarks>
    /// <param name="id">The key.</param>
    private static async Task<NoContent> RevokeAsync(string id, HttpContext context, KeyRing keys, AuditTrail audit)
    {
        var actor = context.Actor();
        if (Parse(id) is { } number)
        {
            await keys.RevokeAsync(number, was => audit.EntryOf(
                actor, "key.delete", was.Key.Name, new { id = IdOf(was), scopes = was.Key.Scopes, expiresAt = was.Key.ExpiresAt, lastUsedAt = was.LastUsedAt }));
        }
        return TypedResults.NoContent();
    }

    private static (string Name, string[] Scopes, DateTimeOffset? ExpiresAt) Check(KeyRequest request, KeyHolder maker, DateTimeOffset now)
    {
        if (request.Name is not { } name || !KeyName().IsMatch(name))
        {
            throw Invalid("name has 1 to 64 letters, digits, '.', '_' and '-', and begins with a letter or digit.");
        }
        if (name.Equals(KeyHolder.Administrator, StringComparison.OrdinalIgnoreCase) || name.Equals(Actor.Server.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid($"name cannot be {name}: the audit log means another one by it.");
        }
        if (request.Scopes is not { Count: > 0 } asked) throw Invalid("scopes names at least one scope. GET /api/v1/scopes lists them.");
        foreach (var scope in asked)
        {
            if (scope is null || !Scopes.All.Contains(scope)) throw Invalid($"scopes has {scope ?? "null"}, which is no scope. GET /api/v1/scopes lists them.");
            if (!maker.May(scope)) throw new ChatRefusedException(ErrorCodes.ScopeMissing, $"Your key {maker.Name} lacks the scope {scope}, so it cannot give it.");
        }
        if (request.ExpiresAt <= now) throw Invalid("expiresAt is over. Leave it out for a key without an end.");
        return (name, [.. asked.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], request.ExpiresAt?.ToUniversalTime());
    }

    private static ChatRefusedException Invalid(string sentence) => new(ErrorCodes.ArgumentInvalid, sentence);

    private static long? Parse(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string IdOf(StoredKey key) => key.Id.ToString(CultureInfo.InvariantCulture);

    private static ApiKey ToContract(StoredKey key) => new(
        IdOf(key), key.Key.Name, key.Key.Scopes, key.Key.MadeAt, key.Key.MadeBy, key.Key.ExpiresAt, key.LastUsedAt, key.RevokedAt);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KeyName();
}
