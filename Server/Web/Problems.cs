using System.Diagnostics;
using System.Globalization;
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
            Type = $"/docs/errors#{code}",
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = code, ["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier },
        };
    }

    public static Task WriteAsync(HttpContext context, int status, string code, string detail, TimeSpan? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
        return context.Response.WriteAsJsonAsync(Create(context, status, code, detail), options: null, "application/problem+json", context.RequestAborted);
    }

    /// <summary>Writes one that is about a parameter or a member of the body.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, string detail, string member)
    {
        context.Response.StatusCode = status;
        var problem = Create(context, status, code, detail);
        problem.Extensions["errors"] = new Dictionary<string, string[]>(StringComparer.Ordinal) { [member] = [detail] };
        return context.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", context.RequestAborted);
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
