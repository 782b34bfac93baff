import { errorCodes, type ErrorCode } from './contract';

/** What the server can say, and what only this side can know: no answer came, or a waiting message needs its author's word. */
export type ProblemCode = ErrorCode | 'unreachable' | 'stale' | 'unconfirmed' | 'unsaved';

/** An error as state and storage hold it. `detail` is the server's sentence, empty where this side found the error. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
}

export class ChatError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail = '',
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(detail === '' ? code : `${code}: ${detail}`);
    this.name = 'ChatError';
  }

  get problem(): Problem {
    const { code, detail, retryAfterSeconds } = this;
    return retryAfterSeconds === null ? { code, detail } : { code, detail, retryAfterSeconds };
  }
}

const passing: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'unreachable',
  'rate-limited',
  'storage-unavailable',
  'shutting-down',
  'server-fault',
]);

/** True if the same request may succeed later, unchanged. */
export const isPassing = (code: ProblemCode): boolean => passing.has(code);

/**
 * Reads the error of a hub call. It ends in `code: sentence`, unless the server failed before it could say so, and with `[n s]` where the
 * same call will be welcome after that time.
 */
export function fromHubError(message: string): ChatError {
  const match = /(?:^|HubException: )([a-z]+(?:-[a-z]+)*): ([^]*?)(?: \[(\d+) s\])?$/.exec(message);
  if (!match || !isErrorCode(match[1])) return new ChatError('server-fault', message);
  return new ChatError(match[1], match[2], match[3] === undefined ? null : Number(match[3]));
}

/** Reads an answer that is not a success: problem details, or whatever a proxy in between put in their place. */
export async function fromResponse(response: Response): Promise<ChatError> {
  const body = await readObject(response);
  const code = body['code'];
  const detail = body['detail'];
  const retryAfter = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new ChatError(
    isErrorCode(code) ? code : response.status >= 502 ? 'unreachable' : 'server-fault',
    typeof detail === 'string' ? detail : '',
    Number.isFinite(retryAfter) ? retryAfter : null,
  );
}

async function readObject(response: Response): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? { ...body } : {};
  } catch {
    return {};
  }
}

function isErrorCode(value: unknown): value is ErrorCode {
  return errorCodes.some((code) => code === value);
}
