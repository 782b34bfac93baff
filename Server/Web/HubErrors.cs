using KaiChat.Server.Chat;
using KaiChat.Server.Connections;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace KaiChat.Server.Web;

/// <summary>
/// What a failed call tells the page: <c>code: sentence</c>. A refusal is the caller's affair and not logged; anything else is ours, logged here as an error, since
/// SignalR's own log calls both errors and is switched off for them.
/// </summary>
internal sealed partial class HubErrors(WebMetrics metrics, HubSubscriptions subscriptions, ILogger<HubErrors> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocation, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        subscriptions.Find(invocation.Context.ConnectionId)?.CountCall();
        try
        {
            return await next(invocation);
        }
        catch (ChatRefusedException refused)
        {
            metrics.CallRejected(refused.Code);
            throw new HubException(refused.RetryAfter is { } wait
                ? $"{refused.Code}: {refused.Message} [{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s]"
                : $"{refused.Code}: {refused.Message}", refused);
        }
        catch (OperationCanceledException ended) when (invocation.Context.ConnectionAborted.IsCancellationRequested)
        {
            throw new HubException($"{ErrorCodes.SessionEnded}: The connection ended.", ended);
        }
        catch (LogUnavailableException unavailable)
        {
            // The log tells of its trouble itself, once and not with every call.
            metrics.CallRejected(ErrorCodes.StorageUnavailable);
            throw new HubException($"{ErrorCodes.StorageUnavailable}: The server cannot use its database now. Try again later. [5 s]", unavailable);
        }
        catch (Exception fault) when (fault is not HubException)
        {
            CallFailed(logger, invocation.HubMethodName, invocation.Context.ConnectionId, fault);
            throw new HubException($"{ErrorCodes.ServerFault}: The server failed. The fault is in its log under connection {invocation.Context.ConnectionId}.", fault);
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (ChatRefusedException refused)
        {
            metrics.CallRejected(refused.Code);
            subscriptions.Find(context.Context.ConnectionId)?.SetReason(ConnectionEndReason.Refused);
            throw new HubException($"{refused.Code}: {refused.Message}", refused);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            CallFailed(logger, nameof(OnConnectedAsync), context.Context.ConnectionId, fault);
            subscriptions.Find(context.Context.ConnectionId)?.SetReason(ConnectionEndReason.ServerFault);
            throw;
        }
    }

    [LoggerMessage(3101, LogLevel.Error, "Hub method {Method} failed on connection {ConnectionId}")]
    private static partial void CallFailed(ILogger logger, string method, string connectionId, Exception fault);
}
