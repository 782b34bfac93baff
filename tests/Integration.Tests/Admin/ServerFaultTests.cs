using System.Net;
using KaiChat.Shared.Contracts;
using KaiChat.TestKit;
using Microsoft.Extensions.Logging;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>Who is answered that the server failed can tell the operator which entry of the log it was.</summary>
public sealed class ServerFaultTests
{
    private const int RequestFailed = 3201;

    [Fact]
    public async Task The_trace_id_of_a_fault_is_in_the_answer_and_in_the_entry_of_the_log_with_the_cause()
    {
        var log = new HookedLog();
        await using var server = await ChatServer.StartAdjustedAsync(log.Take);
        server.Logs.Expected = line => line.EventId == RequestFailed;
        using var someone = new Operator(server);
        (log.Fails, log.Fault) = (true, () => new InvalidOperationException("a fault of ours"));

        var first = await someone.ExpectProblemAsync(HttpStatusCode.InternalServerError, ErrorCodes.ServerFault, "/api/v1/conversations");
        var second = await someone.ExpectProblemAsync(HttpStatusCode.InternalServerError, ErrorCodes.ServerFault, "/api/v1/conversations/1");

        Assert.NotEqual(first.TraceId, second.TraceId);
        Assert.DoesNotContain("a fault of ours", first.Detail, StringComparison.Ordinal);
        Assert.Equal(
            [$"GET /api/v1/conversations failed, trace id {first.TraceId}", $"GET /api/v1/conversations/1 failed, trace id {second.TraceId}"],
            server.Logs.Lines.Where(line => line.EventId == RequestFailed).Select(line => line.Text));
        Assert.All(server.Logs.Lines.Where(line => line.Level >= LogLevel.Error), line => Assert.Equal("a fault of ours", line.Exception?.Message));
    }
}
