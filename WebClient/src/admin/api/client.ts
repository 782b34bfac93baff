import { ApiError, apiErrorOf } from './apiError';
import { addressOf, operations, type Operation, type PathValues, type QueryValues } from './operations';
import { randomId } from '../../connection/platform';
import type { ConsoleSession, Page } from './types';

export interface Call {
  readonly path?: PathValues;
  readonly query?: QueryValues;
  readonly body?: unknown;
  /** The state that a change is based on: with another one the server refuses (412). */
  readonly ifMatch?: string | null;
  readonly signal?: AbortSignal;
}

export interface Answer<Body> {
  readonly body: Body;
  /** Of the thing that was read or changed. */
  readonly etag: string | null;
}

/** How long to wait for an answer, in milliseconds. Long works are jobs. */
const patience = 30_000;
/** Items of one page, as many as the API gives. */
const pageSize = 200;

/** The one place that asks the server for something. */
export class ApiClient {
  /** For every request that changes something; null before somebody is signed in. */
  #antiforgeryToken: string | null = null;

  /** @param signedOut Told when the server does not know the session any more. */
  constructor(private readonly fetch: typeof globalThis.fetch, private readonly signedOut: () => void = () => {}) {}

  /** The session that the browser's cookie stands for; null if there is none. */
  async session(): Promise<ConsoleSession | null> {
    try {
      return this.#remember((await this.#send(operations.getSession, {})).body);
    } catch (fault) {
      if (fault instanceof ApiError && fault.status === 401) return null;
      throw fault;
    }
  }

  async signIn(key: string): Promise<ConsoleSession> {
    return this.#remember((await this.#send(operations.signIn, { body: { key } })).body);
  }

  async signOut(): Promise<void> {
    await this.call(operations.signOut);
    this.#antiforgeryToken = null;
  }

  /** Asks, and gives the answer's body. */
  async call<Body>(operation: Operation<Body>, call: Call = {}): Promise<Body> {
    return (await this.ask(operation, call)).body;
  }

  /** Asks, and gives the answer with its ETag. */
  async ask<Body>(operation: Operation<Body>, call: Call = {}): Promise<Answer<Body>> {
    try {
      return await this.#send(operation, call);
    } catch (fault) {
      if (fault instanceof ApiError && fault.status === 401) this.signedOut();
      throw fault;
    }
  }

  /** All items of a list, page by page, but no more than `most`; `more` says that there are others. */
  async all<Item>(operation: Operation<Page<Item>>, { query, ...call }: Call = {}, most = 1000): Promise<{ readonly items: readonly Item[]; readonly more: boolean }> {
    const items: Item[] = [];
    const paged = operation.query.includes('limit');
    let after: string | null = null;
    do {
      const page: Page<Item> = await this.call(operation, { ...call, query: { ...query, ...(paged && { after, limit: Math.min(pageSize, most) }) } });
      items.push(...page.items);
      after = page.next ?? null;
    } while (after !== null && items.length < most);
    return { items, more: after !== null };
  }

  #remember(session: ConsoleSession): ConsoleSession {
    this.#antiforgeryToken = session.antiforgeryToken;
    return session;
  }

  async #send<Body>(operation: Operation<Body>, { path, query, body, ifMatch, signal }: Call): Promise<Answer<Body>> {
    const address = addressOf(operation, path, query);
    const headers = new Headers({ Accept: 'application/json' });
    if (operation.method !== 'GET' && this.#antiforgeryToken !== null) headers.set('X-KaiChat-Antiforgery', this.#antiforgeryToken);
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (ifMatch) headers.set('If-Match', ifMatch);
    // Sent again by a browser or a person in doubt, it is done once.
    if (operation.method === 'POST' && operation !== operations.signIn) headers.set('Idempotency-Key', randomId());
    const deadline = AbortSignal.timeout(patience);
    try {
      const response = await this.fetch.call(globalThis, address, {
        method: operation.method,
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        credentials: 'same-origin',
        cache: 'no-store',
        signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      });
      if (!response.ok) throw await ApiError.of(response);
      return { body: (response.status === 204 ? undefined : await response.json()) as Body, etag: response.headers.get('ETag') };
    } catch (fault) {
      if (signal?.aborted) throw fault;
      throw apiErrorOf(fault);
    }
  }
}
