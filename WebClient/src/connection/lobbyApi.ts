/** What the server tells those who are not in yet. */
export interface Lobby {
  readonly title: string;
  readonly description: string;
  readonly channels: readonly OpenChannel[];
}

export interface OpenChannel {
  readonly name: string;
  readonly topic: string;
  readonly counts: { readonly total: number; readonly web: number; readonly native: number };
}

/** Whether a name can be had now. */
export interface NameCheck {
  readonly username: string;
  readonly free: boolean;
  readonly code?: string;
  readonly sentence?: string;
}

/** Which channels are open; null where the server does not say. */
export async function lobby(): Promise<Lobby | null> {
  const answer = await ask('/api/v1/lobby');
  return isLobby(answer) ? answer : null;
}

/** Whether the name can be had; null where the server does not say. */
export async function checkName(username: string): Promise<NameCheck | null> {
  const answer = await ask(`/api/v1/usernames/${encodeURIComponent(username)}`);
  return isRecord(answer) && typeof answer['free'] === 'boolean' ? (answer as unknown as NameCheck) : null;
}

/** Whatever goes wrong, the form still works: signing in asks again, and says what is wrong. */
async function ask(path: string): Promise<unknown> {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(10_000) });
    return response.ok ? ((await response.json()) as unknown) : null;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isLobby = (value: unknown): value is Lobby =>
  isRecord(value) && Array.isArray(value['channels']) && value['channels'].every((each) => isRecord(each) && isRecord(each['counts']));
