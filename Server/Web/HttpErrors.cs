using KaiChat.Server.Chat;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.Connections;

namespace KaiChat.Server.Web;

/// <summary>Every HTTP error as a problem document: refusals of the core, requests that cannot be read, empty answers of the framework, our own faults.</summary>
internal sealed partial class HttpErrors(RequestDelegate next, ILogger<HttpErrors> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBareError(context)) await WriteBareAsync(context);
        }
        catch (ChatRefusedException refused) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, refused);
        }
        catch (LogUnavailableException) when (!context.Response.HasStarted)
        {
            // The log tells of its trouble itself, once and not with every request.
            context.Response.Clear();
            await Problems.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, ErrorCodes.StorageUnavailable, "The server cannot use its database now. Try again later.", TimeSpan.FromSeconds(5));
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            var (sentence, member) = RequestFaults.Describe(context, bad);
            if (member is null) await Problems.WriteAsync(context, bad.StatusCode, ErrorCodes.RequestInvalid, sentence);
            else await Problems.WriteAsync(context, bad.StatusCode, ErrorCodes.RequestInvalid, sentence, member);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone: nobody to answer, nothing to mend.
        }
        catch (IOException lost) when (lost is ConnectionResetException || !context.Response.HasStarted)
        {
            if (lost is not ConnectionResetException && !await IsGoneAsync(context))
            {
                await FailAsync(context, lost);
                return;
            }
            // Gone too, in the middle of its body, whichever version of HTTP it speaks. Without the abort Kestrel looks for the rest of it and calls that an error.
            context.Abort();
        }
#pragma warning disable CA1031 // The outermost place of every request: a fault is logged with its trace id, and the caller is told no more than that.
        catch (Exception fault) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await FailAsync(context, fault);
        }
    }

    private Task FailAsync(HttpContext context, Exception fault)
    {
        Fault(logger, context.Request.Method, context.Request.Path, Problems.TraceIdOf(context), fault);
        context.Response.Clear();
        return Problems.WriteAsync(
            context, StatusCodes.Status500InternalServerError, ErrorCodes.ServerFault, "The server failed. The fault is in its log under this trace id.");
    }

    /// <summary>Whether the caller has gone: of a stream that is reset, HTTP/2 tells the reader of the body a moment before it tells everybody else.</summary>
    private static async Task<bool> IsGoneAsync(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested) return true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        await Task.Delay(TimeSpan.FromSeconds(1), patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return context.RequestAborted.IsCancellationRequested;
    }

    private static bool IsBareError(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null or 0, ContentType: null } && !HttpMethods.IsHead(context.Request.Method);

    private static Task WriteBareAsync(HttpContext context) => context.Response.StatusCode switch
    {
        404 when NotFoundPage.IsFor(context.Request) => NotFoundPage.WriteAsync(context),
        404 => Problems.WriteAsync(context, 404, ErrorCodes.NotFound, $"There is nothing at {context.Request.Path}."),
        405 => Problems.WriteAsync(context, 405, ErrorCodes.RequestInvalid, $"{context.Request.Method} is not possible at {context.Request.Path}."),
        413 => Problems.WriteAsync(context, 413, ErrorCodes.RequestInvalid, RequestFaults.TooLarge(context)),
        415 => Problems.WriteAsync(context, 415, ErrorCodes.RequestInvalid, RequestFaults.NoJson),
        var status => Problems.WriteAsync(context, status, ErrorCodes.RequestInvalid, "The request cannot be served as it is."),
    };

    // In the line itself: the trace id of the framework's scopes is shown by no formatter as it is configured.
    [LoggerMessage(3201, LogLevel.Error, "{Method} {Path} failed, trace id {RequestTraceId}")]
    private static partial void Fault(ILogger logger, string method, string path, string requestTraceId, Exception fault);
}
