// The contract between this page and the server, as Shared/Contracts states it in C#. A test of the server reads this file and
// compares it with those types, so keep the plain form: one member a line, names as they are on the wire.

/** The number of this contract, as the server counts it. */
export const contractVersion = 1;

/** The lowest number of a server that this page can do with; one that tells none is 0. */
export const oldestServer = 0;

export type Origin = 'web' | 'native';

export type Presence = 'live' | 'late';

export type Deleter = 'author' | 'moderator';

export interface Member {
  id: string;
  username: string;
  origin: Origin;
  presence: Presence;
  operator: boolean;
}

export interface MemberProfile {
  since: string;
  tls: boolean | null;
  lastPollAt: string | null;
}

export interface Message {
  channel: string;
  seq: number;
  id: string;
  author: string;
  authorId: string;
  origin: Origin;
  sentAt: string;
  text: string;
  clientMessageId?: string;
  nativeText?: string;
  replyTo?: number;
  editedAt?: string;
  deletedAt?: string;
  deletedBy?: Deleter;
  reactions?: readonly Reaction[];
  rev?: number;
}

export interface Reaction {
  emoji: string;
  count: number;
  by: readonly string[];
}

export interface MessageVersion {
  text: string;
  at: string;
}

export interface ChangesPage {
  channel: string;
  messages: readonly Message[];
  rev: number;
  gap: boolean;
}

export interface ChannelSettings {
  topic: string;
  readOnly: boolean;
  native: NativePolicy | null;
}

export type NativeNotice = 'silent' | 'note';

export interface NativePolicy {
  edits: NativeNotice;
  deletions: NativeNotice;
  reactions: NativeNotice;
}

export type SanctionKind = 'ban' | 'mute';

export interface Sanction {
  id: string;
  kind: SanctionKind;
  username: string | null;
  network: string | null;
  channel: string | null;
  reason: string;
  by: string;
  from: string;
  until: string | null;
}

export interface SanctionRequest {
  kind: SanctionKind;
  username: string;
  byAddress: boolean;
  channel: string | null;
  minutes: number | null;
  reason: string;
}

export interface Kick {
  channel: string;
  by: string;
  reason: string;
  until: string | null;
}

export interface Mute {
  by: string;
  reason: string;
  until: string | null;
}

export interface ChannelSnapshot {
  channel: string;
  incarnation: string;
  members: readonly Member[];
  messages: readonly Message[];
  lastSeq: number;
  firstSeq: number;
  hasEarlier: boolean;
  gap: boolean;
  lastRead: number;
  rev: number;
  settings: ChannelSettings;
  mute: Mute | null;
}

export interface HistoryPage {
  channel: string;
  messages: readonly Message[];
  hasEarlier: boolean;
  hasLater: boolean;
}

export interface SearchPage {
  hits: readonly SearchHit[];
  next: string | null;
  incomplete: boolean;
}

export interface SearchHit {
  message: Message;
  matches: readonly TextRange[];
  before: Message | null;
  after: Message | null;
}

export interface TextRange {
  start: number;
  length: number;
}

export interface NativePreview {
  lines: readonly string[];
  bytes: number;
  replacements: readonly NativePreviewReplacement[];
}

export interface NativePreviewReplacement {
  original: string;
  replacement: string;
}

export interface Notice {
  channel: string | null;
  text: string;
  dismissible?: boolean;
}

export interface SignInRequest {
  username: string | null;
}

export interface SignInResponse {
  token: string;
  sessionId: string;
  username: string;
  expiresAt: string;
  maxTextLength: number;
  nativeLineBytes: number;
  nativePort: number;
  resumeSeconds: number;
  editSeconds: number;
  pageVersion: string;
}

export interface KindCounts {
  total: number;
  web: number;
  native: number;
}

export interface LobbyInfo {
  title: string;
  description: string;
  channels: readonly LobbyChannel[];
  usernameRules: UsernameRules;
}

export interface LobbyChannel {
  name: string;
  topic: string;
  counts: KindCounts;
}

export interface UsernameRules {
  minLength: number;
  maxLength: number;
  reserved: readonly string[];
}

export interface UsernameCheck {
  username: string;
  free: boolean;
  code?: string;
  sentence?: string;
}

export interface ChatHub {
  Join(channel: string): Promise<ChannelSnapshot>;
  Resume(channel: string, afterSeq: number): Promise<ChannelSnapshot>;
  Leave(channel: string): Promise<void>;
  Send(channel: string, text: string, clientMessageId: string): Promise<Message>;
  SendReply(channel: string, text: string, clientMessageId: string, replyTo: number): Promise<Message>;
  Edit(channel: string, seq: number, text: string): Promise<Message>;
  Delete(channel: string, seq: number): Promise<Message>;
  React(channel: string, seq: number, emoji: string, on: boolean): Promise<Message>;
  Versions(channel: string, seq: number): Promise<readonly MessageVersion[]>;
  Changes(channel: string, afterRev: number): Promise<ChangesPage>;
  Typing(channel: string): Promise<void>;
  History(channel: string, beforeSeq: number, limit: number): Promise<HistoryPage>;
  HistoryAfter(channel: string, afterSeq: number, limit: number): Promise<HistoryPage>;
  HistoryAround(channel: string, seq: number, limit: number): Promise<HistoryPage>;
  Search(query: string, cursor: string | null, limit: number): Promise<SearchPage>;
  Profile(channel: string, memberId: string): Promise<MemberProfile>;
  MarkRead(channel: string, seq: number): Promise<void>;
  MarkUnread(channel: string, seq: number): Promise<void>;
  PreviewNative(text: string): Promise<NativePreview>;
  Operate(key: string): Promise<readonly string[]>;
  Kick(channel: string, username: string, reason: string): Promise<void>;
  Impose(request: SanctionRequest): Promise<Sanction>;
  PreviewSanction(request: SanctionRequest): Promise<readonly string[]>;
  Lift(kind: SanctionKind, username: string, channel: string | null): Promise<number>;
  SetTopic(channel: string, topic: string): Promise<void>;
  SignOut(): Promise<void>;
}

export interface ChatEvents {
  Contract(version: number, oldestPage: number): void;
  MessagePosted(message: Message): void;
  MessageChanged(message: Message): void;
  MessagesRemoved(channel: string, throughSeq: number): void;
  Typing(channel: string, memberId: string): void;
  MemberJoined(channel: string, member: Member): void;
  MemberLeft(channel: string, memberId: string): void;
  MemberChanged(channel: string, member: Member): void;
  Notice(notice: Notice): void;
  Kicked(kick: Kick): void;
  Muted(channel: string | null, mute: Mute | null): void;
  Operating(scopes: readonly string[]): void;
  ChannelChanged(channel: string, settings: ChannelSettings): void;
  ChannelLeft(channel: string): void;
  ReadMarker(channel: string, seq: number): void;
  SessionEnded(reason: string): void;
  ServerRestarting(seconds: number): void;
}

export const errorCodes = [
  'username-invalid',
  'username-taken',
  'channel-invalid',
  'not-a-member',
  'text-empty',
  'text-too-long',
  'message-id-invalid',
  'message-not-found',
  'not-the-author',
  'edit-too-late',
  'reaction-invalid',
  'argument-invalid',
  'query-invalid',
  'rate-limited',
  'limit-reached',
  'banned',
  'muted',
  'channel-read-only',
  'raid-level',
  'scope-missing',
  'session-ended',
  'storage-unavailable',
  'shutting-down',
  'not-found',
  'precondition-failed',
  'job-running',
  'unauthorized',
  'forbidden',
  'request-invalid',
  'antiforgery-invalid',
  'already-exists',
  'idempotency-mismatch',
  'idempotency-running',
  'server-fault',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
