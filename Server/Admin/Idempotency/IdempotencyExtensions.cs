using System.Security.Cryptography;
using System.Text;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;

namespace KaiChat.Server.Admin.Idempotency;

/// <summary>That an operation's answers are kept for whoever repeats it.</summary>
internal sealed record IdempotencyMetadata;

/// <summary>
/// <c>Idempotency-Key</c>: a program whose answer got lost sends its request again under the same key, and gets the first answer instead of a second thing.
/// </summary>
internal static class IdempotencyExtensions
{
    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotency-Replayed";

    private const int LongestKey = 64;

    /// <summary>Bodies up to this many bytes stay in memory while they are compared: all that the admin API takes.</summary>
    private const int InMemory = 128 * 1024;

    /// <summary>Lets an operation that creates something take <c>Idempotency-Key</c>.</summary>
    public static TBuilder WithIdempotency<TBuilder>(this TBuilder operation)
        where TBuilder : IEndpointConventionBuilder =>
        operation.WithMetadata(
            new IdempotencyMetadata(),
            new Microsoft.AspNetCore.Http.ProducesResponseTypeMetadata(StatusCodes.Status409Conflict, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]),
            new Microsoft.AspNetCore.Http.ProducesResponseTypeMetadata(StatusCodes.Status422UnprocessableEntity, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));

    /// <summary>Around the operation itself: after everything that may refuse a request by its sender or its form.</summary>
    public static void UseIdempotency(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IdempotencyMetadata>() is null || context.Holder() is not { } holder
            || !context.Request.Headers.TryGetValue(Header, out var given))
        {
            await next(context);
            return;
        }
        var key = given.ToString();
        if (given.Count != 1 || key.Length is 0 or > LongestKey || key.Any(character => character is < '!' or > '~'))
        {
            throw new ChatRefusedException(ErrorCodes.RequestInvalid, $"{Header} has 1 to {LongestKey} printable ASCII characters without a space: a UUID, for instance.");
        }
        var answers = context.RequestServices.GetRequiredService<KeptAnswers>();
        var fingerprint = await FingerprintAsync(context.Request, context.RequestAborted);
        if (answers.Begin(holder.Name, key, fingerprint) is { } kept) await ReplayAsync(context, kept);
        else await RunAsync(context, next, answers, (holder.Name, key));
    });

    private static async Task RunAsync(HttpContext context, RequestDelegate next, KeptAnswers answers, (string Holder, string Key) id)
    {
        var response = context.Response;
        var outside = response.Body;
        // The caller may go: what was begun is done, and its answer is kept whole for whoever comes back for it.
        var aborted = context.RequestAborted;
        context.RequestAborted = CancellationToken.None;
        using var body = new MemoryStream();
        response.Body = body;
        KeptAnswer? answer = null;
        try
        {
            await next(context);
            // What was refused changed nothing, and may be tried again under the same key.
            if (response.StatusCode < StatusCodes.Status300MultipleChoices)
            {
                answer = new KeptAnswer(response.StatusCode, response.ContentType, response.Headers.Location, response.Headers.ETag, response.Headers.CacheControl, body.ToArray());
            }
        }
        finally
        {
            response.Body = outside;
            context.RequestAborted = aborted;
            answers.End(id.Holder, id.Key, answer);
        }
        if (body.Length == 0) return;
        if (!response.HasStarted) response.ContentLength = body.Length;
        await outside.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), aborted);
    }

    private static async Task ReplayAsync(HttpContext context, KeptAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.Location = answer.Location;
        response.Headers.ETag = answer.ETag;
        response.Headers.CacheControl = answer.CacheControl;
        response.Headers[ReplayedHeader] = "true";
        if (answer.Body.Length == 0) return;
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, context.RequestAborted);
    }

    /// <summary>What the request is: where it goes and all of its body, whose size the server bounds.</summary>
    private static async Task<string> FingerprintAsync(HttpRequest request, CancellationToken cancellation)
    {
        request.EnableBuffering(bufferThreshold: InMemory);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType}\n"));
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellation)) > 0;) hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
