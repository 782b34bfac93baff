// The bodies of the API's answers and requests, as docs/openapi.json states them: a test compares names and members, so keep the plain form, one member a line.

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export type Origin = 'web' | 'native';
export type Presence = 'live' | 'late';

export interface KindCounts {
  readonly total: number;
  readonly web: number;
  readonly native: number;
}

export interface ConsoleSession {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly antiforgeryToken: string;
  readonly expiresAt: string;
}

export interface ServerInfo {
  readonly name: string;
  readonly version: string;
  readonly startedAt: string;
  readonly uptimeSeconds: number;
  readonly counts: ServerCounts;
  readonly endpoints: readonly ServerEndpoint[];
  readonly certificate: CertificateInfo | null;
  readonly kaiChat: KaiChatInfo;
}

export interface ServerCounts {
  readonly connections: KindCounts;
  readonly sessions: number;
  readonly channels: number;
}

export interface ServerEndpoint {
  readonly kind: Origin;
  readonly address: string;
  readonly port: number;
  readonly tls: 'optional' | 'required' | 'disabled';
}

export interface CertificateInfo {
  readonly fingerprint: string;
  readonly notAfter: string;
}

export interface KaiChatInfo {
  readonly highestVersion: number;
  readonly tls: 'optional' | 'required' | 'disabled';
  readonly delivery: 'batch' | 'single';
  readonly historyOnJoin: number;
  readonly handshakeTimeoutSeconds: number;
  readonly lateAfterSeconds: number;
  readonly maxConnections: number;
}

export interface Stats {
  readonly intervalSeconds: number;
  readonly items: readonly StatsSample[];
}

export interface StatsSample {
  readonly at: string;
  readonly connections: StatsConnections;
  readonly messagesPerMinute: number;
  readonly pollLatencyMs: PollLatency;
  readonly commitMs: CommitLatency;
  readonly logQueue: number;
  readonly storageBytes: number;
  readonly storageFreeBytes: number | null;
  readonly storageCapacityBytes: number | null;
  readonly writable: boolean;
  readonly memoryBytes: number;
  readonly cpuPercent: number;
}

export interface StatsConnections {
  readonly total: number;
  readonly web: number;
  readonly native: number;
  readonly states: Readonly<Record<string, number>>;
}

export interface PollLatency {
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface CommitLatency {
  readonly p50: number | null;
  readonly p99: number | null;
}

export interface ClientConnection {
  readonly id: string;
  readonly kind: Origin;
  readonly address: string | null;
  readonly port: number | null;
  readonly connectedAt: string;
  readonly state: string;
  readonly username: string | null;
  readonly sessionId: string | null;
  readonly channels: readonly string[];
  readonly byteOrder: string | null;
  readonly tls: string | null;
  readonly lastPollAt: string | null;
  readonly cipher: string | null;
  readonly clientVersion: string | null;
  readonly backlog: number;
  readonly framesIn: number;
  readonly framesOut: number;
  readonly bytesIn: number | null;
  readonly bytesOut: number;
}

export interface Inspection {
  readonly id: string;
  readonly connectionId: string;
  readonly revealed: boolean;
  readonly reason: string | null;
  readonly startedAt: string;
  readonly endsAt: string;
  readonly endedAt: string | null;
  readonly endedBy: InspectionEnd | null;
  readonly pdus: number;
}

export type InspectionEnd = 'operator' | 'timeLimit' | 'connectionEnded' | 'serverStops';

export interface InspectedPdu {
  readonly n: number;
  readonly at: string;
  readonly direction: 'in' | 'out';
  readonly state: string;
  readonly command: string | null;
  readonly hex: string;
  readonly parts: readonly InspectedPart[];
  readonly fields: readonly InspectedField[];
  readonly violated: ViolatedRule | null;
}

export interface InspectedField {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly value: string;
}

export type InspectedPartKind = 'content' | 'zeros' | 'garbage' | 'hidden';

export interface InspectedPart {
  readonly kind: InspectedPartKind;
  readonly offset: number;
  readonly length: number;
  readonly field: string | null;
  readonly hex: string | null;
}

export interface ViolatedRule {
  readonly rule: string;
  readonly section: string;
  readonly sentence: string;
}

export type NativeNotice = 'silent' | 'note';

export interface NativePolicy {
  readonly edits: NativeNotice;
  readonly deletions: NativeNotice;
  readonly reactions: NativeNotice;
}

export interface ChannelInfo {
  readonly name: string;
  readonly incarnation: string | null;
  readonly openedAt: string | null;
  readonly lastSeq: number;
  readonly counts: KindCounts;
  readonly topic: string;
  readonly readOnly: boolean;
  readonly kept: boolean;
}

export interface ChannelDetails {
  readonly name: string;
  readonly incarnation: string | null;
  readonly openedAt: string | null;
  readonly lastSeq: number;
  readonly counts: KindCounts;
  readonly topic: string;
  readonly readOnly: boolean;
  readonly native: NativePolicy | null;
  readonly retentionDays: number | null;
  readonly kept: boolean;
  readonly etag: string;
  readonly members: readonly Member[];
}

export interface Member {
  readonly id: string;
  readonly username: string;
  readonly origin: Origin;
  readonly presence: Presence;
  readonly operator: boolean;
}

export interface PurgePreview {
  readonly messages: number;
  readonly from: string | null;
  readonly until: string | null;
}

export type SanctionKind = 'ban' | 'mute';

export interface Sanction {
  readonly id: string;
  readonly kind: SanctionKind;
  readonly username: string | null;
  readonly network: string | null;
  readonly channel: string | null;
  readonly reason: string;
  readonly by: string;
  readonly from: string;
  readonly until: string | null;
}

export interface SanctionPreview {
  readonly hits: readonly SanctionHit[];
}

export interface SanctionHit {
  readonly username: string;
  readonly connectionIds: readonly string[];
  readonly address: string | null;
  readonly origin: Origin;
}

export interface SanctionCheck {
  readonly stopped: boolean;
  readonly sanction: Sanction | null;
}

export interface NoticeReach {
  readonly recipients: number;
  readonly native: NativePreview;
  readonly scheduled: ScheduledNotice | null;
}

export interface ScheduledNotice {
  readonly id: string;
  readonly text: string;
  readonly channel: string | null;
  readonly kind: Origin | null;
  readonly dismissible: boolean;
  readonly sendAt: string;
  readonly by: string;
  readonly createdAt: string;
}

export interface SessionInfo {
  readonly id: string;
  readonly username: string;
  readonly origin: Origin;
  readonly startedAt: string;
  readonly presence: Presence;
  readonly operator: boolean;
  readonly channels: readonly string[];
  readonly addresses: readonly string[];
  readonly connectionIds: readonly string[];
  readonly mutedUntil: string | null;
}

export interface NativePreview {
  readonly lines: readonly string[];
  readonly bytes: number;
  readonly replacements: readonly NativePreviewReplacement[];
}

export interface NativePreviewReplacement {
  readonly original: string;
  readonly replacement: string;
}

export interface RaidLevelInfo {
  readonly level: number;
  readonly name: string;
  readonly effect: string;
  readonly until: string | null;
  readonly levels: readonly RaidLevelChoice[];
}

export interface RaidLevelChoice {
  readonly level: number;
  readonly name: string;
  readonly effect: string;
}

export interface AuditItem {
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly target: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly address: string | null;
  readonly requestId: string | null;
}

export interface Setting {
  readonly key: string;
  readonly value: string | null;
  readonly source: SettingSource;
  readonly restart: boolean;
  readonly secret: boolean;
}

export type SettingSource = 'default' | 'file' | 'environment' | 'commandLine';

export interface SettingsReload {
  readonly applied: readonly string[];
  readonly needsRestart: readonly string[];
  readonly faults: readonly string[];
}

export type JobState = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly progress: number;
  readonly createdAt: string;
  readonly endedAt: string | null;
  readonly result: string | null;
  readonly error: string | null;
}

export interface BackupInfo {
  readonly name: string;
  readonly size: number;
  readonly createdAt: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  /** In the answer to making it alone. */
  readonly secret?: string;
}

export interface ScopeInfo {
  readonly name: string;
  readonly text: string;
}
