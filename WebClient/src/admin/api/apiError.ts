/** What the server refused, or why it was not reached (`unreachable`: no answer; `unreadable`: no answer of this API). */
export class ApiError extends Error {
  constructor(
    /** Programs decide by this. */
    readonly code: string,
    /** What happened and what helps, in the server's words; empty if it said nothing. */
    readonly detail: string,
    /** The HTTP status; 0 if there was none. */
    readonly status: number,
    /** How the server's log names the request; empty if it does not. */
    readonly traceId = '',
    /** When to try again, in seconds. */
    readonly retryAfter: number | null = null,
    /** What is wrong with which field or parameter. */
    readonly fields: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(detail === '' ? code : detail);
  }

  static async of(response: Response): Promise<ApiError> {
    const after = Number(response.headers.get('Retry-After') ?? Number.NaN);
    const wait = Number.isFinite(after) ? after : null;
    try {
      const problem = (await response.json()) as { code?: unknown; detail?: unknown; traceId?: unknown; errors?: Record<string, string[]> };
      if (typeof problem.code !== 'string') throw new TypeError('No problem document.');
      return new ApiError(problem.code, String(problem.detail ?? ''), response.status, String(problem.traceId ?? ''), wait, problem.errors ?? {});
    } catch {
      return new ApiError('unreadable', '', response.status, '', wait);
    }
  }
}

/** Any fault as one that can be shown. */
export const apiErrorOf = (fault: unknown): ApiError =>
  fault instanceof ApiError ? fault : new ApiError('unreachable', '', 0);
