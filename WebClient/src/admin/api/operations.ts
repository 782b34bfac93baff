import type {
  AuditItem, BackupInfo, SanctionCheck, ChannelDetails, ChannelInfo, ClientConnection, ConsoleSession, ApiKey, Inspection, Job, Member, NoticeReach, Page, PurgePreview,
  RaidLevelInfo, SanctionPreview, Sanction, ScheduledNotice, ScopeInfo, ServerInfo, SessionInfo, Setting, SettingsReload, Stats,
} from './types';

/** One operation of the public API: all that the console asks a server for is in this file. A test compares it with docs/openapi.json. */
export interface Operation<Answer> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the API's document writes it: `/api/v1/connections/{id}`. */
  readonly path: string;
  /** The query parameters that the console uses. */
  readonly query: readonly string[];
  /** Of the answer's body; not there at run time. */
  readonly answer?: Answer;
}

const operation = <Answer>(method: Operation<Answer>['method'], path: string, ...query: string[]): Operation<Answer> => ({ method, path: `/api/v1${path}`, query });

export const operations = {
  signIn: operation<ConsoleSession>('POST', '/console/session'),
  getSession: operation<ConsoleSession>('GET', '/console/session'),
  signOut: operation<void>('DELETE', '/console/session'),

  getServer: operation<ServerInfo>('GET', '/server'),
  getStats: operation<Stats>('GET', '/stats', 'minutes'),
  events: operation<never>('GET', '/events'),

  listConnections: operation<Page<ClientConnection>>('GET', '/connections', 'kind', 'state', 'username', 'channel', 'after', 'limit'),
  getConnection: operation<ClientConnection>('GET', '/connections/{id}'),
  disconnect: operation<void>('DELETE', '/connections/{id}'),
  inspect: operation<Inspection>('POST', '/connections/{id}/inspections'),
  getInspection: operation<Inspection>('GET', '/inspections/{id}'),
  inspectionEvents: operation<never>('GET', '/inspections/{id}/events'),
  downloadInspection: operation<never>('GET', '/inspections/{id}/download'),
  endInspection: operation<void>('DELETE', '/inspections/{id}'),

  listSessions: operation<Page<SessionInfo>>('GET', '/sessions', 'kind', 'username', 'channel', 'after', 'limit'),
  endSession: operation<void>('DELETE', '/sessions/{id}'),

  listChannels: operation<Page<ChannelInfo>>('GET', '/channels', 'state', 'name', 'after', 'limit'),
  createChannel: operation<ChannelDetails>('POST', '/channels'),
  getChannel: operation<ChannelDetails>('GET', '/channels/{name}'),
  changeChannel: operation<ChannelDetails>('PATCH', '/channels/{name}'),
  closeChannel: operation<void>('DELETE', '/channels/{name}'),
  listChannelMembers: operation<Page<Member>>('GET', '/channels/{name}/members', 'after', 'limit'),
  exportChannel: operation<never>('GET', '/channels/{name}/export', 'format'),
  purgeChannel: operation<Job>('POST', '/channels/{name}/purge'),
  previewPurge: operation<PurgePreview>('POST', '/channels/{name}/purge', 'dryRun'),
  kick: operation<void>('POST', '/channels/{name}/kicks'),

  listBans: operation<Page<Sanction>>('GET', '/bans', 'after', 'limit'),
  createBan: operation<Sanction>('POST', '/bans'),
  previewBan: operation<SanctionPreview>('POST', '/bans', 'dryRun'),
  liftBan: operation<void>('DELETE', '/bans/{id}'),
  checkBan: operation<SanctionCheck>('GET', '/bans/check', 'username', 'address', 'channel'),
  listMutes: operation<Page<Sanction>>('GET', '/mutes', 'after', 'limit'),
  checkMute: operation<SanctionCheck>('GET', '/mutes/check', 'username', 'address', 'channel'),
  createMute: operation<Sanction>('POST', '/mutes'),
  previewMute: operation<SanctionPreview>('POST', '/mutes', 'dryRun'),
  liftMute: operation<void>('DELETE', '/mutes/{id}'),

  createNotice: operation<NoticeReach>('POST', '/notices'),
  previewNotice: operation<NoticeReach>('POST', '/notices', 'dryRun'),
  listNotices: operation<Page<ScheduledNotice>>('GET', '/notices', 'after', 'limit'),
  cancelNotice: operation<void>('DELETE', '/notices/{id}'),

  getRaidLevel: operation<RaidLevelInfo>('GET', '/raid-level'),
  setRaidLevel: operation<RaidLevelInfo>('PUT', '/raid-level'),

  listAudit: operation<Page<AuditItem>>('GET', '/audit', 'actor', 'action', 'target', 'from', 'until', 'after', 'limit'),
  exportAudit: operation<never>('GET', '/audit/export', 'actor', 'action', 'target', 'from', 'until'),

  listSettings: operation<Page<Setting>>('GET', '/settings'),
  reloadSettings: operation<SettingsReload>('POST', '/settings/reload'),

  listJobs: operation<Page<Job>>('GET', '/jobs', 'after', 'limit'),
  cancelJob: operation<void>('DELETE', '/jobs/{id}'),
  listBackups: operation<Page<BackupInfo>>('GET', '/backups', 'after', 'limit'),
  startBackup: operation<Job>('POST', '/backups'),
  downloadBackup: operation<never>('GET', '/backups/{name}'),
  deleteBackup: operation<void>('DELETE', '/backups/{name}'),

  listKeys: operation<Page<ApiKey>>('GET', '/keys', 'after', 'limit'),
  createKey: operation<ApiKey>('POST', '/keys'),
  revokeKey: operation<void>('DELETE', '/keys/{id}'),
  listScopes: operation<Page<ScopeInfo>>('GET', '/scopes'),
} as const;

export type PathValues = Readonly<Record<string, string>>;
export type QueryValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** The address of an operation on this server. Empty and missing query values are left out. */
export function addressOf({ path, query }: Operation<unknown>, pathValues: PathValues = {}, queryValues: QueryValues = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = pathValues[name];
    if (value === undefined) throw new Error(`${path} needs ${name}.`);
    return encodeURIComponent(value);
  });
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(queryValues)) {
    if (!query.includes(name)) throw new Error(`${path} has no ${name}.`);
    if (value !== undefined && value !== null && value !== '' && value !== false) parameters.set(name, String(value));
  }
  const search = parameters.toString();
  return search === '' ? filled : `${filled}?${search}`;
}
