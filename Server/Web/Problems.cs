using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using KaiChat.Server.Chat;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace KaiChat.Server.Web;

/// <summary>Every error over HTTP is <c>application/problem+json</c> (RFC 9457) with a stable <c>code</c> and the trace id that the log has.</summary>
internal static class Problems
{
    /// <summary>Makes one, which counts as a refusal: it is what the caller gets.</summary>
    public static ProblemDetails Create(HttpContext context, int status, string code, string detail)
    {
        context.RequestServices.GetRequiredService<WebMetrics>().RequestRejected(code);
        return new ProblemDetails
        {
            Type = $"{ErrorsPage.Path}#{code}",
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = code, ["traceId"] = TraceIdOf(context) },
        };
    }

    /// <summary>What a request is called in its answer, in the log and in the audit log.</summary>
    public static string TraceIdOf(HttpContext context) => Activity.Current?.Id ?? context.TraceIdentifier;

    public static Task WriteAsync(HttpContext context, int status, string code, string detail, TimeSpan? retryAfter = null)
    {
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        return SendAsync(context, status, code, detail, member: null);
    }

    /// <summary>Writes one that is about a parameter or a member of the body.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, string detail, string member) => SendAsync(context, status, code, detail, member);

    /// <summary>
    /// Writes the document by hand: strangers can have thousands of them a second (wrong keys), and a serialised <see cref="ProblemDetails"/> costs several times as much.
    /// </summary>
    private static async Task SendAsync(HttpContext context, int status, string code, string detail, string? member)
    {
        context.RequestServices.GetRequiredService<WebMetrics>().RequestRejected(code);
        var document = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(document))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, $"{ErrorsPage.Path}#{code}");
            json.WriteString("title"u8, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status"u8, status);
            json.WriteString("detail"u8, detail);
            json.WriteString("code"u8, code);
            json.WriteString("traceId"u8, TraceIdOf(context));
            if (member is not null)
            {
                json.WriteStartObject("errors"u8);
                json.WriteStartArray(member);
                json.WriteStringValue(detail);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = document.WrittenCount;
        await context.Response.Body.WriteAsync(document.WrittenMemory, context.RequestAborted);
    }

    public static Task WriteAsync(HttpContext context, ChatRefusedException refused) =>
        WriteAsync(context, StatusOf(refused.Code), refused.Code, refused.Message, refused.RetryAfter);

    private static int StatusOf(string code) => code switch
    {
        ErrorCodes.UsernameTaken or ErrorCodes.JobRunning or ErrorCodes.AlreadyExists or ErrorCodes.IdempotencyRunning => StatusCodes.Status409Conflict,
        ErrorCodes.Banned or ErrorCodes.Muted => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound => StatusCodes.Status404NotFound,
        ErrorCodes.SessionEnded or ErrorCodes.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden or ErrorCodes.ScopeMissing => StatusCodes.Status403Forbidden,
        ErrorCodes.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ErrorCodes.IdempotencyMismatch => StatusCodes.Status422UnprocessableEntity,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.LimitReached or ErrorCodes.StorageUnavailable or ErrorCodes.ShuttingDown or ErrorCodes.RaidLevel => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status400BadRequest,
    };
}
