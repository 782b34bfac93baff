using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Server.Web;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Http.Features;

namespace KaiChat.Server.Admin;

/// <summary>
/// A request's JSON object, read field by field where it matters whether one was left out or null, and each fault names its field. Fields that an operation does not know
/// are refused.
/// </summary>
internal sealed class JsonBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>A field that is given twice is refused here, by its name.</summary>
    private static readonly JsonSerializerOptions AsItIs = new(JsonSerializerOptions.Web) { AllowDuplicateProperties = true };

    private readonly Dictionary<string, JsonElement> _fields = new(StringComparer.OrdinalIgnoreCase);

    private JsonBody(JsonElement body, string[] known)
    {
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name, StringComparer.OrdinalIgnoreCase)) throw Invalid($"{field.Name} is not a field here. Fields: {string.Join(", ", known)}.");
            if (!_fields.TryAdd(field.Name, field.Value)) throw Invalid($"{field.Name} is given twice.");
        }
    }

    /// <summary>Reads the body; without one, there are no fields.</summary>
    /// <param name="context">The request.</param>
    /// <param name="known">The fields that the operation knows.</param>
    /// <exception cref="ChatRefusedException">It is no JSON object, or has other fields.</exception>
    public static async Task<JsonBody> ReadAsync(HttpContext context, params string[] known)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true) return new JsonBody(JsonSerializer.SerializeToElement(new { }), known);
        if (!context.Request.HasJsonContentType()) throw new BadHttpRequestException(RequestFaults.NoJson, StatusCodes.Status415UnsupportedMediaType);
        try
        {
            var body = await context.Request.ReadFromJsonAsync<JsonElement>(AsItIs, context.RequestAborted);
            if (body.ValueKind == JsonValueKind.Object) return new JsonBody(body, known);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Told below. The second is half a surrogate pair in a name.
        }
        throw Invalid($"The body is a JSON object with Content-Type application/json. Fields: {string.Join(", ", known)}.");
    }

    /// <summary>Whether a field is there, be it null.</summary>
    public bool Has(string field) => _fields.ContainsKey(field);

    /// <summary>A text; null if it is null or not there.</summary>
    public string? Text(string field)
    {
        if (Find(field) is not { } value) return null;
        try
        {
            if (value.ValueKind == JsonValueKind.String) return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
        }
        throw Invalid($"{field} is a text.");
    }

    /// <summary>True or false; null if it is null or not there.</summary>
    public bool? Flag(string field) => Find(field) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid($"{field} is true or false."),
    };

    /// <summary>A whole number within a range; null if it is null or not there.</summary>
    public long? Number(string field, long least, long most)
    {
        if (Find(field) is not { } value) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number)) throw Invalid($"{field} is a whole number.");
        return number >= least && number <= most ? number : throw new ChatRefusedException(ErrorCodes.ArgumentInvalid, $"{field} is from {least} to {most}.");
    }

    /// <summary>An object with all its members; null if it is null or not there.</summary>
    /// <param name="field">Which.</param>
    /// <param name="words">What it is, in words that follow its name.</param>
    public T? Object<T>(string field, string words)
        where T : class
    {
        if (Find(field) is not { } value) return null;
        try
        {
            return value.Deserialize<T>(Strict);
        }
        catch (JsonException)
        {
            throw Invalid($"{field} {words}");
        }
    }

    private JsonElement? Find(string field) => _fields.TryGetValue(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static ChatRefusedException Invalid(string sentence) => new(ErrorCodes.RequestInvalid, sentence);
}
