using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using KaiChat.Shared.Contracts;
using Microsoft.AspNetCore.WebUtilities;

namespace KaiChat.Server.Admin.OpenApi;

/// <summary>What requests and answers look like: by operation id, in the types that are really sent.</summary>
internal static class Examples
{
    private const string SessionId = "4f1c9a2be07d5538";
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private static readonly ClientConnection Connection = new(
        "0HNJ5K3R7Q2V1", Origin.Native, "192.0.2.17", 50_214, Morning, "inChannel", "anna", SessionId, ["@dev"], "little", "1.3", Morning.AddMinutes(5),
        "TLS_AES_256_GCM_SHA384", "1", Backlog: 2, FramesIn: 80, FramesOut: 95, BytesIn: 180_800, BytesOut: 214_700);

    private static readonly Member Member = new(SessionId, "anna", Origin.Native, Presence.Live, Operator: false);
    private static readonly KindCounts Counts = new(3, 2, 1);
    private static readonly ChannelInfo Channel = new("@dev", "17", Morning, 42, Counts, "What is being built", ReadOnly: false, Kept: true);

    private static readonly NativePolicy Native = new(NativeNotice.Note, NativeNotice.Note, NativeNotice.Silent);

    private static readonly ChannelDetails Details = new(
        "@dev", "17", Morning, 42, Counts, "What is being built", ReadOnly: false, Native, RetentionDays: 365, Kept: true, "\"1772440200000\"", [Member]);

    private static readonly Message Message = new("@dev", 42, "17-42", "anna", SessionId, Origin.Native, Morning.AddMinutes(4), "hello");

    private static readonly Page<MessageVersion> Versions = new([new("helo", Morning.AddMinutes(4)), new("hello", Morning.AddMinutes(5))], null);

    private static readonly ConversationInfo Conversation = new("17", "@dev", Morning, Morning.AddHours(9), 1, 42);
    private static readonly Job Job = new("9c1f0b7a52e34d68", "backup", JobState.Running, 0.42, Morning, EndedAt: null, Result: null, Error: null);
    private static readonly Job EndedJob = Job with { State = JobState.Succeeded, Progress = 1, EndedAt = Morning.AddSeconds(12), Result = "/api/v1/backups/kaichat-20260302T083000Z.zip" };
    private static readonly BackupInfo Backup = new("kaichat-20260302T083000Z.zip", 48_211_390, Morning.AddSeconds(12));

    private static readonly ApiKey Key = new(
        "3", "nightly-backup", ["backups:write"], Morning, "admin", Morning.AddDays(365), Morning.AddDays(1), RevokedAt: null);

    private static readonly AuditItem Audited = new(
        "1042", Morning.AddMinutes(7), "admin", "key.create", "nightly-backup", null, JsonElement.Parse("""{"id":"3","scopes":["backups:write"],"expiresAt":null}"""), "127.0.0.1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");

    private static readonly ConsoleSession Console = new("admin", ["audit:read", "keys:write"], "pUc1d8...", Morning.AddHours(8));
    private static readonly Sanction Ban = new("12", SanctionKind.Ban, "troll", "192.0.2.0/24", Channel: null, "spam", "admin", Morning, Morning.AddDays(1));
    private static readonly Sanction Mute = new("13", SanctionKind.Mute, "loud", Network: null, "@dev", "shouting", "admin as anna", Morning, Morning.AddMinutes(30));
    private static readonly SanctionPreview Preview = new([new SanctionHit("troll", ["0HNJ5K3R7Q2V1"], "192.0.2.17", Origin.Native)]);

    private static readonly SessionInfo Session = new(
        SessionId, "anna", Origin.Web, Morning, Presence.Live, Operator: false, ["@dev"], ["192.0.2.17"], ["k3Jd81xUq2mWc0Pz"], MutedUntil: null);

    private static readonly RaidLevelInfo Raid = new(
        2,
        "guarded",
        "As level 1; and nobody signs in from an address from which nobody is signed in.",
        Morning.AddHours(1),
        [new(0, "normal", "Nothing is restricted."), new(1, "slow", "Who signed in less than 5 minutes ago posts at most one message in 5 seconds.")]);

    private static readonly ScheduledNotice Scheduled = new("5", "Maintenance at 18:00 UTC.", Channel: null, Kind: null, Dismissible: false, Morning.AddDays(360), "admin", Morning);
    private static readonly NoticeReach Reach = new(3, new NativePreview(["Maintenance at 18:00 UTC."], 25, []), Scheduled);

    private static readonly ServerInfo Server = new(
        "KaiChat.Web",
        "0.1.0",
        Morning,
        3_600,
        new ServerCounts(Counts, 3, 1),
        [new(Origin.Web, "localhost", 8080, TlsUse.Disabled), new(Origin.Native, "[::]", 29_200, TlsUse.Optional)],
        new CertificateInfo("9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08", Morning.AddYears(10)),
        new KaiChatInfo(1, TlsUse.Optional, KaiChatDelivery.Batch, 50, 30, 10, 20_000));

    private static readonly SignInResponse SignedIn = new("CfDJ8M...", SessionId, "anna", Morning.AddDays(7), 10_000, 1_999, 29_200, 120, 86_400, "4d1f0c9b2a7e6385");

    private static readonly StatsSample Sample = new(
        Morning, new(3, 2, 1, new Dictionary<string, int>(StringComparer.Ordinal) { ["native.inChannel"] = 1, ["web.inChannel"] = 2 }), 42, new(0.4, 1.9), new(2.1, null), 0, 5_320_704, 21_474_836_480, 53_687_091_200, Writable: true, 118_489_088, 1.5);

    private static readonly Inspection Inspection = new(
        "5b0e8f1d27c94a36", Connection.Id, Revealed: false, "a client that hangs", Morning, Morning.AddMinutes(10), EndedAt: null, EndedBy: null, 17);

    private static readonly InspectedPdu Pdu = new(
        17, Morning, PduDirection.In, "inChannel", "SEND_MESSAGE", "[256 zeros] 04000000 [5 hidden] [1995 zeros]",
        [new(InspectedPartKind.Zeros, 0, 256, null, null), new(InspectedPartKind.Content, 256, 4, "command", "04000000"), new(InspectedPartKind.Hidden, 260, 5, "text", null), new(InspectedPartKind.Zeros, 265, 1995, null, null)],
        [new("command", 256, 4, "SEND_MESSAGE"), new("text", 260, 5, "5 bytes")], Violated: null);

    public static FrozenDictionary<string, object> Requests { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["signIn"] = new SignInRequest("anna"),
        ["startBackup"] = new BackupRequest(),
        ["createBan"] = new ImposeRequest("troll", "192.0.2.0/24", Channel: null, "spam", Until: null, 1_440),
        ["createMute"] = new ImposeRequest("loud", Network: null, "@dev", "shouting", Until: null, 30),
        ["kick"] = new KickRequest("loud", "shouting", Minutes: null),
        ["setRaidLevel"] = new RaidLevelRequest(2, 60),
        ["createNotice"] = new NoticeRequest("Maintenance at 18:00 UTC.", Channel: null, Kind: null, Dismissible: false, Morning.AddDays(360)),
        ["startInspection"] = new InspectionRequest(Reveal: false, "a client that hangs"),
        ["createChannel"] = new ChannelRequest("@dev", "What is being built", ReadOnly: false, Native, RetentionDays: 365),
        ["updateChannel"] = new JsonObject { ["topic"] = "What is being built", ["retentionDays"] = null },
        ["purgeChannel"] = new JsonObject { ["olderThanDays"] = 90 },
        ["deleteMessage"] = new MessageDeletionRequest("Somebody's telephone number"),
        ["createKey"] = new KeyRequest("nightly-backup", ["backups:write"], Morning.AddDays(365)),
        ["signInToConsole"] = new ConsoleSignInRequest("kck_5Zt3..."),
    }.ToFrozenDictionary();

    public static FrozenDictionary<string, object> Responses { get; } = new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["signIn"] = SignedIn,
        ["getCurrentSession"] = SignedIn,
        ["getServer"] = Server,
        ["listConnections"] = new Page<ClientConnection>([Connection], "MDhkZTc4"),
        ["getConnection"] = Connection,
        ["getStats"] = new Stats(2, [Sample]),
        ["startInspection"] = Inspection,
        ["getInspection"] = Inspection,
        ["listInspections"] = new Page<Inspection>([Inspection], null),
        ["listChannels"] = new Page<ChannelInfo>([Channel], null),
        ["getChannel"] = Details,
        ["createChannel"] = Details,
        ["updateChannel"] = Details,
        ["purgeChannel 200"] = new PurgePreview(1_204, Morning.AddDays(-120), Morning.AddDays(-90)),
        ["purgeChannel 202"] = Job with { Kind = "purge" },
        ["getLobby"] = new LobbyInfo(
            "KaiChat", "A chat in which browsers and native KaiChat clients meet.", [new LobbyChannel("@dev", "What is being built", Counts)], new UsernameRules(1, 10, ["SERVER"])),
        ["checkUsername"] = new UsernameCheck("anna", Free: false, ErrorCodes.UsernameTaken, "The username anna is taken. Choose another one."),
        ["listChannelMembers"] = new Page<Member>([Member], null),
        ["searchMessages"] = new FoundMessages([new SearchHit(Message, [new TextRange(0, 5)], null, null)], null, Incomplete: false),
        ["listChannelMessages"] = new Page<Message>([Message], "42"),
        ["listMessageVersions"] = Versions,
        ["listConversations"] = new Page<ConversationInfo>([Conversation], null),
        ["getConversation"] = Conversation,
        ["listConversationMessages"] = new Page<Message>([Message], null),
        ["listConversationMessageVersions"] = Versions,
        ["startBackup"] = Job with { State = JobState.Queued, Progress = 0 },
        ["listBackups"] = new Page<BackupInfo>([Backup], null),
        ["listJobs"] = new Page<Job>([EndedJob], null),
        ["getJob"] = EndedJob,
        ["listSettings"] = new Page<Setting>([new("Limits:MaxTextLength", "10000", SettingSource.File, Restart: false, Secret: false), new("Admin:Key", null, SettingSource.Environment, Restart: true, Secret: true)], null),
        ["listScopes"] = new Page<ScopeInfo>([new("backups:write", "make, fetch and delete backups, which hold everything")], null),
        ["listKeys"] = new Page<ApiKey>([Key], null),
        ["getKey"] = Key,
        ["createKey"] = Key with { LastUsedAt = null, Secret = "kck_5Zt3..." },
        ["listAudit"] = new Page<AuditItem>([Audited], "1041"),
        ["signInToConsole"] = Console,
        ["getConsoleSession"] = Console,
        ["listBans"] = new Page<Sanction>([Ban], null),
        ["getBan"] = Ban,
        ["createBan"] = Ban,
        ["createBan 200"] = Preview,
        ["checkBans"] = new SanctionCheck(Stopped: true, Ban),
        ["listMutes"] = new Page<Sanction>([Mute], null),
        ["getMute"] = Mute,
        ["createMute"] = Mute,
        ["createMute 200"] = Preview,
        ["checkMutes"] = new SanctionCheck(Stopped: true, Mute),
        ["listSessions"] = new Page<SessionInfo>([Session], null),
        ["getSession"] = Session,
        ["getRaidLevel"] = Raid,
        ["setRaidLevel"] = Raid,
        ["createNotice 201"] = Reach,
        ["createNotice 200"] = Reach with { Scheduled = null },
        ["listNotices"] = new Page<ScheduledNotice>([Scheduled], null),
        ["getNotice"] = Scheduled,
        ["reloadSettings"] = new SettingsReload(["Limits:MessageBurst"], ["KaiChat:Port"], []),
    }.ToFrozenDictionary();

    /// <summary>What is no JSON, by its media type, or by operation and media type.</summary>
    public static FrozenDictionary<string, string> Downloads { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["application/zip"] = "PK...",
        ["application/x-ndjson"] = JsonSerializer.Serialize(Message, JsonSerializerOptions.Web) + "\n",
        ["text/html"] = "<!DOCTYPE html>...",
        ["text/event-stream"] = $"id: 5c1e90aa-1\nevent: stats\ndata: {JsonSerializer.Serialize(Sample, JsonSerializerOptions.Web)}\n\n",
        ["streamInspection text/event-stream"] = $"id: 77b2c0de-17\nevent: pdu\ndata: {JsonSerializer.Serialize(Pdu, JsonSerializerOptions.Web)}\n\n",
        ["downloadInspection application/x-ndjson"] = JsonSerializer.Serialize(Pdu, JsonSerializerOptions.Web) + "\n",
    }.ToFrozenDictionary();

    /// <summary>Downloads of a type that others have too, by operation id.</summary>
    public static FrozenDictionary<string, string> OwnDownloads { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["exportAudit"] = JsonSerializer.Serialize(Audited, JsonSerializerOptions.Web) + "\n",
    }.ToFrozenDictionary();

    public static Problem ProblemOf(int status, string operationId)
    {
        var (code, detail) = status switch
        {
            400 when operationId == "signIn" => (ErrorCodes.UsernameInvalid, "The username is too long: it may have at most 10 characters."),
            400 => (ErrorCodes.RequestInvalid, "lmit is not a parameter here. Parameters: after, limit."),
            403 when operationId is "signIn" or "getCurrentSession" => (ErrorCodes.Banned, "You are banned from this server by admin until 2026-03-03 08:30 UTC. Reason: spam."),
            401 when operationId == "getCurrentSession" => (ErrorCodes.SessionEnded, "The session has ended or the token is not valid. Sign in again."),
            401 => (ErrorCodes.Unauthorized, "The admin key is wrong. It is in admin.key in the data directory, unless Admin:Key is set."),
            403 when operationId.EndsWith("Console", StringComparison.Ordinal) || operationId == "getConsoleSession" => (ErrorCodes.Forbidden, "The admin API is open to the server's own machine only."),
            403 => (ErrorCodes.ScopeMissing, "Your key nightly-backup lacks the scope keys:write. Use a key that has it, or make one."),
            404 when operationId == "getKey" => (ErrorCodes.NotFound, "There is no key of this id."),
            404 when operationId.EndsWith("Job", StringComparison.Ordinal) => (ErrorCodes.NotFound, "There is no job of this id. The server forgets jobs when it stops."),
            404 when operationId.EndsWith("Versions", StringComparison.Ordinal) => (ErrorCodes.NotFound, "There is no message of this seq here: there never was one, or it has been removed altogether."),
            404 when operationId.Contains("Conversation", StringComparison.Ordinal) => (ErrorCodes.NotFound, "There is no conversation of this number."),
            404 when operationId == "startInspection" => (ErrorCodes.NotFound, "There is no open connection of this id. It may have ended."),
            404 when operationId.EndsWith("Inspection", StringComparison.Ordinal) => (ErrorCodes.NotFound, "There is no inspection of this id. Its record is dropped ten minutes after its end."),
            404 when operationId.EndsWith("Backup", StringComparison.Ordinal) => (ErrorCodes.NotFound, "There is no backup of this name."),
            404 when operationId is "getBan" or "getMute" => (ErrorCodes.NotFound, "There is nothing of this id in force. It may be over, or lifted."),
            404 when operationId == "getNotice" => (ErrorCodes.NotFound, "No notice of this id waits for its time. It may have been told, or cancelled."),
            404 when operationId is "getChannel" or "updateChannel" => (ErrorCodes.NotFound, "The channel @dev is not open, and nothing is settled for it. POST /api/v1/channels opens one that stays open."),
            404 when operationId == "getSession" => (ErrorCodes.NotFound, "There is no session of this id. It may have ended."),
            404 when operationId == "kick" => (ErrorCodes.NotFound, "loud is not in @dev. Nothing was done."),
            404 => (ErrorCodes.NotFound, "The channel @dev is not open: nobody is in it."),
            409 when operationId == "startBackup" => (ErrorCodes.JobRunning, "A backup is at work: job 9c1f0b7a52e34d68. Wait for it, or cancel it."),
            409 when operationId == "createKey" => (ErrorCodes.AlreadyExists, "There is, or was, a key called nightly-backup. Choose another name."),
            409 when operationId == "createChannel" => (ErrorCodes.AlreadyExists, "The channel @dev is open already. Change its settings instead."),
            409 when operationId == "purgeChannel" => (ErrorCodes.JobRunning, "A purge is at work: job 9c1f0b7a52e34d68. Wait for it, or cancel it."),
            412 => (ErrorCodes.PreconditionFailed, "It has been changed since you read it. Nothing was changed: read it again."),
            409 => (ErrorCodes.UsernameTaken, "The username anna is taken. Choose another one."),
            413 => (ErrorCodes.RequestInvalid, "The body is too large: it may have 65536 bytes."),
            422 => (ErrorCodes.IdempotencyMismatch, "This Idempotency-Key was used for another request. Nothing was done; make a new key for each thing that you want."),
            415 => (ErrorCodes.RequestInvalid, "The body is JSON: send it with Content-Type: application/json."),
            429 when operationId is "getLobby" or "checkUsername" => (ErrorCodes.RateLimited, "Too many requests from your address. Try again in 42 s."),
            429 => (ErrorCodes.RateLimited, "Too many wrong admin keys from your address. Wait 42 s, or send the right one."),
            503 when operationId.StartsWith("stream", StringComparison.Ordinal) => (ErrorCodes.LimitReached, "There are 16 readers of these events already. End one of them."),
            503 when operationId == "startInspection" => (ErrorCodes.LimitReached, "4 inspections are at work already. End one of them, or wait for its end."),
            503 when operationId is not ("signIn" or "startBackup") => (ErrorCodes.StorageUnavailable, "The server cannot use its database now. Try again later."),
            503 => (ErrorCodes.ShuttingDown, "The server is restarting. Nothing was posted; it will be back in a moment."),
            _ => (ErrorCodes.ServerFault, "The server failed. The fault is in its log under this trace id."),
        };
        return new Problem(
            $"/docs/errors#{code}", ReasonPhrases.GetReasonPhrase(status), status, detail, code, "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
    }

    public static JsonNode ToJson(object example) => JsonSerializer.SerializeToNode(example, JsonSerializerOptions.Web)!;
}
