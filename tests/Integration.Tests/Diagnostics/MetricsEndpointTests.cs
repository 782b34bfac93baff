using System.Net;
using KaiChat.Integration.Tests.Admin;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;

namespace KaiChat.Integration.Tests.Diagnostics;

/// <summary><c>/metrics</c> as Prometheus sees it.</summary>
public sealed class MetricsEndpointTests
{
    [Fact]
    public async Task Everything_documented_is_there_in_strictly_right_form()
    {
        await using var server = await ChatServer.StartAsync();
        var scrape = await ScrapeAsync(server);
        var documented = DocumentedInstruments().ToArray();
        Assert.True(documented.Length > 15, "The table of docs/operations.md was not found.");
        Assert.All(documented, name => Assert.Contains(name, scrape.Families.Keys));
        Assert.Contains("dotnet_gc_last_collection_heap_size_bytes", scrape.Families.Keys);
        Assert.Contains("kestrel_active_connections", scrape.Families.Keys);
        Assert.All(scrape.Families.Values, family => Assert.NotEmpty(family.Help));
    }

    [Fact]
    public async Task What_happens_is_counted()
    {
        await using var server = await ChatServer.StartAsync();
        await using var anna = await WebUser.SignInAsync(server, "anna", "@room");
        await using var native = await RawKaiClient.SignInAsync(server.Native, "native", "@room");
        await anna.SendAsync("@room", "one");
        await native.SendAsync(KaiPdu.Send("two"), KaiPdu.Leave, KaiPdu.Leave);
        await native.PollAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => anna.SendAsync("@elsewhere", "three"));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Http.GetAsync("/nowhere")).StatusCode);
        await using (var gone = await RawKaiClient.SignInAsync(server.Native, "gone")) await gone.SendAsync(KaiPdu.Quit);
        await server.ExpectEndAsync("Quit");

        var scrape = await ScrapeAsync(server);
        Assert.Equal(1, scrape.Value("kaichat_messages_posted_total", ("origin", "web")));
        Assert.Equal(1, scrape.Value("kaichat_messages_posted_total", ("origin", "native")));
        Assert.Equal(2, scrape.Value("kaichat_messages_duration_seconds_count"));
        Assert.Equal(1, scrape.Value("kaichat_connections_open", ("kind", "web")));
        Assert.Equal(1, scrape.Value("kaichat_connections_open", ("kind", "native")));
        Assert.Equal(1, scrape.Value("kaichat_connections_states", ("kind", "native"), ("state", "connected"), ("tls", "no")));
        Assert.Equal(1, scrape.Value("kaichat_connections_states", ("kind", "web"), ("state", "inChannel"), ("tls", "no")));
        Assert.Equal(1, scrape.Value("kaichat_connections_ended_total", ("kind", "native"), ("reason", "Quit")));
        Assert.Equal(1, scrape.Value("kaichat_native_query_duration_seconds_count"));
        Assert.Equal(1, scrape.Value("kaichat_native_rejected_total", ("reason", "not-in-this-state")));
        Assert.Equal(1, scrape.Value("kaichat_web_rejected_total", ("door", "hub"), ("reason", ErrorCodes.NotAMember)));
        Assert.Equal(1, scrape.Value("kaichat_web_rejected_total", ("door", "http"), ("reason", ErrorCodes.NotFound)));
        Assert.Equal((2, 1, 1), (scrape.Value("kaichat_sessions_open"), scrape.Value("kaichat_channels_open"), scrape.Value("kaichat_server_ready")));
        Assert.Equal(2, scrape.Value("kaichat_storage_appended_total"));
    }

    [Fact]
    public async Task This_machine_needs_no_key_and_what_came_through_a_proxy_does_not_pass()
    {
        await using var server = await ChatServer.StartAsync("Web:TrustedProxies:0=127.0.0.1");
        using var nobody = new Operator(server, key: null);
        using var plain = await nobody.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", plain.Content.Headers.ContentType?.ToString());
        foreach (var header in (string[])["X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Proto"])
        {
            await Operator.ExpectProblemAsync(HttpStatusCode.Forbidden, ErrorCodes.Forbidden, nobody.SendAsync(HttpMethod.Get, "/metrics", null, (header, header == "X-Forwarded-Proto" ? "http" : "127.0.0.1")));
        }
        await Operator.ExpectProblemAsync(
            HttpStatusCode.NotAcceptable, ErrorCodes.RequestInvalid, nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("Accept", "application/json")));
        using var prometheus = await nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("Accept", "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2"));
        Assert.Equal(HttpStatusCode.OK, prometheus.StatusCode);
    }

    [Fact]
    public async Task The_key_can_be_asked_of_everybody()
    {
        await using var server = await ChatServer.StartAsync("Diagnostics:Metrics=Key", "Admin:AllowRemote=true");
        using var nobody = new Operator(server, key: null);
        using var keeper = new Operator(server);
        await nobody.ExpectProblemAsync(HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized, "/metrics");
        Assert.Equal(HttpStatusCode.OK, (await keeper.SendAsync(HttpMethod.Get, "/metrics")).StatusCode);
        // From elsewhere, too, since the admin API is open to elsewhere.
        Assert.Equal(HttpStatusCode.OK, (await keeper.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "192.0.2.1"))).StatusCode);
    }

    [Theory]
    [InlineData("Open", HttpStatusCode.OK)]
    [InlineData("Off", HttpStatusCode.NotFound)]
    public async Task They_can_be_for_anybody_or_for_nobody(string access, HttpStatusCode expected)
    {
        await using var server = await ChatServer.StartAsync($"Diagnostics:Metrics={access}");
        using var nobody = new Operator(server, key: null);
        Assert.Equal(expected, (await nobody.SendAsync(HttpMethod.Get, "/metrics", null, ("X-Forwarded-For", "192.0.2.1"))).StatusCode);
    }

    private static async Task<PrometheusScrape> ScrapeAsync(ChatServer server) => PrometheusScrape.Parse(await server.Http.GetStringAsync("/metrics"));

    /// <summary>The names that docs/operations.md gives to Prometheus.</summary>
    private static IEnumerable<string> DocumentedInstruments() =>
        from line in File.ReadLines(Repository.PathOf("docs/operations.md"))
        where line.StartsWith("| `KaiChat.", StringComparison.Ordinal)
        let cells = line.Trim('|', ' ').Split(" | ")
        let name = cells[1].Trim('`').Replace('.', '_') + (cells[3] == "s" ? "_seconds" : "")
        select cells[2] == "counter" ? name + "_total" : name;
}
