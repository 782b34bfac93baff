using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using KaiChat.Server.Admin.Inspector;
using KaiChat.Server.Storage;
using KaiChat.Shared.Contracts;
using KaiChat.Shared.KaiChat;
using KaiChat.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace KaiChat.Integration.Tests.Admin;

/// <summary>The wire inspector: <c>/api/v1/inspections</c>.</summary>
public sealed class InspectionsApiTests
{
    private const string Secret = "meet me at noon";

    [Theory]
    [InlineData(false, KaiByteOrder.Little)]
    [InlineData(true, KaiByteOrder.Big)]
    public async Task Shows_every_command_both_ways_without_the_texts(bool tls, KaiByteOrder order)
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        await using var anna = await RawKaiClient.ConnectAsync(server.Native, order, tls ? RawKaiClient.AnyCertificate() : null);
        var inspection = await StartAsync(someone, await ConnectionIdAsync(someone));
        using var events = await EventListener.OpenAsync(server, $"/api/v1/inspections/{inspection.Id}/events");

        await anna.HandshakeAsync();
        await anna.SendAsync(KaiPdu.ClientInfo("anna"), KaiPdu.Join("anna", "@dev"));
        await anna.FenceAsync();
        await ben.SendAsync("@dev", Secret);
        await anna.SendAsync(KaiPdu.Send(Secret));
        await anna.PollForAsync(1);
        await anna.SendAsync(KaiPdu.Leave, KaiPdu.Send(Secret), KaiPdu.Quit);
        await anna.WaitForCloseAsync();

        var pdus = new List<InspectedPdu>();
        var text = new StringBuilder();
        foreach (var (name, data) in await events.ReadToEndAsync())
        {
            text.AppendLine(data);
            if (name == "pdu") pdus.Add(JsonSerializer.Deserialize<InspectedPdu>(data, JsonSerializerOptions.Web)!);
            else Assert.Equal(("inspection.ended", "{\"endedBy\":\"connectionEnded\"}"), (name, data));
        }
        Assert.Equal(Enumerable.Range(1, pdus.Count).Select(n => (long)n), pdus.Select(pdu => pdu.N));
        Assert.Equal(
            ["PING_PONG idle", "VERSION_NEGOTIATION awaitingVersion", "CLIENT_INFO awaitingClientInfo", "JOIN_CHANNEL connected", "SEND_MESSAGE inChannel", "QUERY inChannel", "LEAVE_CHANNEL inChannel", "SEND_MESSAGE connected", "QUIT connected"],
            pdus.Where(pdu => pdu.Direction == PduDirection.In).Select(pdu => $"{pdu.Command} {pdu.State}").Where(shown => shown != "PING_PONG inChannel"));
        Assert.Equal(["PING_PONG", "VERSION_NEGOTIATION", "RECEIVE_MESSAGE"], pdus.Where(pdu => pdu.Direction == PduDirection.Out).Select(pdu => pdu.Command).Distinct());
        Assert.Equal(("state", "The conversation"), Assert.Single(pdus, pdu => pdu.Violated is not null) is { Command: "SEND_MESSAGE", Violated: { } broken } ? (broken.Rule, broken.Section) : default);
        var join = pdus.Single(pdu => pdu.Command == "JOIN_CHANNEL");
        Assert.Equal(order == KaiByteOrder.Little ? "616e6e61 [6 zeros] 20 40646576 [241 zeros] 03000000 [2000 zeros]" : "616e6e61 [6 zeros] 20 40646576 [241 zeros] 00000003 [2000 zeros]", join.Hex);
        Assert.Equal(["username=anna@0", "separator=a space@10", "channel=@dev@11", "command=JOIN_CHANNEL@256"], join.Fields.Select(field => $"{field.Name}={field.Value}@{field.Offset}"));
        Assert.Equal(3, pdus.Count(pdu => pdu.Fields.Any(field => field.Name == "text" && field.Value == $"{Secret.Length} bytes" && field.Length == Secret.Length)));

        using var download = await someone.SendAsync(HttpMethod.Get, $"/api/v1/inspections/{inspection.Id}/download");
        var lines = (await download.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(pdus.Count, lines.Length);
        // In no form, in nothing that was answered.
        foreach (var form in (string[])[Secret, "noon", Convert.ToHexString(Encoding.UTF8.GetBytes("noon")), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))[..12]])
        {
            Assert.DoesNotContain(form, text.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(form, string.Join('\n', lines), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task What_makes_no_sense_is_shown_with_the_rule_it_breaks()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.ConnectAsync(server.Native);
        var inspection = await StartAsync(someone, await ConnectionIdAsync(someone));
        await anna.HandshakeAsync();
        await anna.SendRawAsync(Frame(99));
        await anna.SendAsync(KaiPdu.ClientInfo("@bad"));
        // A word of the other byte order ends the connection.
        await anna.SendRawAsync(Frame(8 << 24));
        await anna.WaitForCloseAsync();
        using var events = await EventListener.OpenAsync(server, $"/api/v1/inspections/{inspection.Id}/events");
        var broken = (await events.ReadToEndAsync()).Where(happened => happened.Name == "pdu").Select(happened => JsonSerializer.Deserialize<InspectedPdu>(happened.Data, JsonSerializerOptions.Web)!)
            .Where(pdu => pdu.Violated is not null).ToArray();
        Assert.Equal(["99 unknown-command", "CLIENT_INFO username", " byte-order"], broken.Select(pdu => $"{pdu.Command} {pdu.Violated!.Rule}"));
        Assert.Equal("The username starts with @, which is kept for channels.", broken[1].Violated!.Sentence);
        await server.ExpectEndAsync("ProtocolError");
        // Who has all of it and comes back is told that there is no more.
        using var again = await EventListener.OpenAsync(server, $"/api/v1/inspections/{inspection.Id}/events", events.LastEventId);
        Assert.Equal(HttpStatusCode.NoContent, again.Status);
    }

    [Fact]
    public async Task Revealing_needs_a_reason_and_both_ends_are_on_record()
    {
        var audit = new RecordingAuditLog();
        await using var server = await ChatServer.StartAdjustedAsync(services => services.AddSingleton<IAuditLog>(audit));
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna", "@dev");
        var id = await ConnectionIdAsync(someone);
        foreach (var request in new[] { new InspectionRequest(Reveal: true), new(Reveal: true, " "), new(Reveal: false, new string('x', 201)), new(Reveal: false, "a\nb") })
        {
            await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, PostAsync(someone, id, request));
        }
        Assert.Empty(audit.Entries);

        var inspection = await StartAsync(someone, id, new InspectionRequest(Reveal: true, "a complaint about ünicode"));
        Assert.Equal((id, true, "a complaint about ünicode"), (inspection.ConnectionId, inspection.Revealed, inspection.Reason));
        await anna.SendAsync(KaiPdu.Send(Secret));
        await anna.FenceAsync();
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync($"/api/v1/inspections/{inspection.Id}"));
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync($"/api/v1/inspections/{inspection.Id}"));
        await anna.FenceAsync();

        using var download = await someone.SendAsync(HttpMethod.Get, $"/api/v1/inspections/{inspection.Id}/download");
        var shown = await download.Content.ReadAsStringAsync();
        Assert.Contains(Secret, shown, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Secret)), shown, StringComparison.Ordinal);
        var ended = await someone.GetAsync<Inspection>($"/api/v1/inspections/{inspection.Id}");
        Assert.Equal((InspectionEnd.Operator, 3L), (ended.EndedBy, ended.Pdus));
        Assert.Equal(["inspection.create", "inspection.delete"], audit.Entries.Select(entry => entry.Action));
        Assert.All(audit.Entries, entry => Assert.Equal((id, "127.0.0.1"), (entry.Target, entry.Address)));
        var created = JsonDocument.Parse(audit.Entries[0].After!).RootElement;
        Assert.Equal((inspection.Id, true, "a complaint about ünicode"), (created.GetProperty("id").GetString(), created.GetProperty("reveal").GetBoolean(), created.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task Without_a_record_there_is_no_inspection()
    {
        var audit = new RecordingAuditLog { Fails = true };
        await using var server = await ChatServer.StartAdjustedAsync(services => services.AddSingleton<IAuditLog>(audit));
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        var id = await ConnectionIdAsync(someone);
        for (var i = 0; i <= WireInspections.MostRunning; i++) await Operator.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable, PostAsync(someone, id));
        Assert.Empty((await someone.GetAsync<Page<Inspection>>("/api/v1/inspections")).Items);
    }

    [Fact]
    public async Task It_ends_after_ten_minutes_and_is_forgotten_after_ten_more()
    {
        await using var server = await ChatServer.StartWithFakeClockAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        var inspection = await StartAsync(someone, await ConnectionIdAsync(someone));
        Assert.Equal(server.Clock!.GetUtcNow() + TimeSpan.FromMinutes(10), inspection.EndsAt);
        using var events = await EventListener.OpenAsync(server, $"/api/v1/inspections/{inspection.Id}/events");
        server.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        await anna.FenceAsync();
        Assert.Equal("pdu", (await events.TryReadAsync())?.Name);
        Assert.Equal("pdu", (await events.TryReadAsync())?.Name);
        server.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(InspectionEnd.TimeLimit, (await events.NextAsync<InspectionEnded>("inspection.ended")).EndedBy);
        await anna.FenceAsync();
        Assert.Equal((2L, inspection.EndsAt), await someone.GetAsync<Inspection>($"/api/v1/inspections/{inspection.Id}") is var ended ? (ended.Pdus, ended.EndedAt!.Value) : default);
        server.Clock.Advance(TimeSpan.FromMinutes(10));
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"/api/v1/inspections/{inspection.Id}");
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"/api/v1/inspections/{inspection.Id}/events");
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"/api/v1/inspections/{inspection.Id}/download");
        Assert.Equal(HttpStatusCode.NoContent, await someone.DeleteAsync($"/api/v1/inspections/{inspection.Id}"));
    }

    [Fact]
    public async Task The_newest_are_kept_and_only_a_few_are_at_work()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        var id = await ConnectionIdAsync(someone);
        var first = await StartAsync(someone, id);
        for (var i = 1; i < WireInspections.MostRunning; i++) await StartAsync(someone, id);
        await Operator.ExpectProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCodes.LimitReached, PostAsync(someone, id));
        for (var i = 0; i < WireInspection.Kept; i++) await anna.FenceAsync();
        using var download = await someone.SendAsync(HttpMethod.Get, $"/api/v1/inspections/{first.Id}/download");
        var numbers = (await download.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt64());
        Assert.Equal(Enumerable.Range(WireInspection.Kept + 1, WireInspection.Kept).Select(n => (long)n), numbers);
        foreach (var open in (await someone.GetAsync<Page<Inspection>>("/api/v1/inspections")).Items) await someone.DeleteAsync($"/api/v1/inspections/{open.Id}");
        for (var i = 0; i < WireInspections.MostKept * 2; i++) await someone.DeleteAsync($"/api/v1/inspections/{(await StartAsync(someone, id)).Id}");
        Assert.InRange((await someone.GetAsync<Page<Inspection>>("/api/v1/inspections")).Items.Count, 1, WireInspections.MostKept);
        await someone.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, $"/api/v1/inspections/{first.Id}");
        Assert.Equal(HttpStatusCode.Created, await StatusOfAsync(PostAsync(someone, id)));
    }

    [Fact]
    public async Task Only_open_native_connections_can_be_inspected_and_the_body_is_read_strictly()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var ben = await WebUser.SignInAsync(server, "ben", "@dev");
        var id = await ConnectionIdAsync(someone, Origin.Web);
        await Operator.ExpectProblemAsync(HttpStatusCode.BadRequest, ErrorCodes.ArgumentInvalid, PostAsync(someone, id));
        await Operator.ExpectProblemAsync(HttpStatusCode.NotFound, ErrorCodes.NotFound, PostAsync(someone, "nobody"));
        using var unknown = new StringContent("{\"revael\":true}", Encoding.UTF8, "application/json");
        var problem = await Operator.ExpectProblemAsync(
            HttpStatusCode.BadRequest, ErrorCodes.RequestInvalid, someone.SendAsync(HttpMethod.Post, $"/api/v1/connections/{id}/inspections", unknown));
        Assert.Contains("revael", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_of_the_server_ends_it_after_the_goodbye_begins()
    {
        await using var server = await ChatServer.StartAsync();
        using var someone = new Operator(server);
        await using var anna = await RawKaiClient.SignInAsync(server.Native, "anna");
        var inspection = await StartAsync(someone, await ConnectionIdAsync(someone));
        using var events = await EventListener.OpenAsync(server, $"/api/v1/inspections/{inspection.Id}/events");
        var stopping = server.StopAsync();
        Assert.Equal("inspection.ended", (await events.ReadToEndAsync())[^1].Name);
        Assert.False(events.WasCut);
        await stopping.WaitAsync(Patience.Limit);
    }

    private static async Task<string> ConnectionIdAsync(Operator someone, Origin kind = Origin.Native)
    {
        ClientConnection? found = null;
        await Wait.UntilAsync(
            async () => (found = (await someone.GetAsync<Page<ClientConnection>>("/api/v1/connections")).Items.FirstOrDefault(connection => connection.Kind == kind)) is not null,
            $"There is no connection of the kind {kind}.");
        return found!.Id;
    }

    private static async Task<Inspection> StartAsync(Operator someone, string connectionId, InspectionRequest? request = null)
    {
        using var answer = await PostAsync(someone, connectionId, request);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var inspection = (await answer.Content.ReadFromJsonAsync<Inspection>(JsonSerializerOptions.Web))!;
        Assert.Equal($"/api/v1/inspections/{inspection.Id}", answer.Headers.Location?.ToString());
        return inspection;
    }

    private static async Task<HttpResponseMessage> PostAsync(Operator someone, string connectionId, InspectionRequest? request = null)
    {
        using var body = request is null ? null : JsonContent.Create(request, options: JsonSerializerOptions.Web);
        return await someone.SendAsync(HttpMethod.Post, $"/api/v1/connections/{connectionId}/inspections", body);
    }

    private static async Task<HttpStatusCode> StatusOfAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        return answer.StatusCode;
    }

    private static byte[] Frame(int command)
    {
        var frame = new byte[KaiPdu.Length];
        BitConverter.TryWriteBytes(frame.AsSpan(256), command);
        return frame;
    }

    private sealed class RecordingAuditLog : IAuditLog
    {
        public List<AuditEntry> Entries { get; } = [];

        public bool Fails { get; set; }

        public event Action<long>? Recorded;

        public Task RecordAsync(AuditEntry entry)
        {
            if (Fails) return Task.FromException(new LogUnavailableException("The test says so."));
            Entries.Add(entry);
            Recorded?.Invoke(Entries.Count);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<AuditRecord>> ReadAsync(AuditFilter filter, long beforeId, int limit, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
