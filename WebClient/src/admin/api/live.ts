import { Store } from '../../state/store';
import { addressOf, operations } from './operations';

/** What the server tells by itself. */
const liveEvents = ['stats', 'connection.opened', 'connection.changed', 'connection.closed', 'job', 'audit'] as const;
export type LiveEvent = (typeof liveEvents)[number];

/** Every event after which the connections are others. */
export const connectionEvents: readonly LiveEvent[] = ['connection.opened', 'connection.changed', 'connection.closed'];

/** How fresh the console is: the server tells it what happens, or it asks every few seconds. */
export type Freshness = 'waiting' | 'live' | 'polling';

/** How often to ask while nothing is told, and after how long to look whether telling works again; both in milliseconds. */
export const pollEvery = 5_000;
const retryAfter = 30_000;

type Listener = (event: LiveEvent | 'poll', data: unknown) => void;

/** What of EventSource is used, so that tests can stand in for it. */
export interface EventSourceLike {
  readonly readyState: number;
  addEventListener(name: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}
export const closed = 2;

/**
 * The server's event stream, shared by all screens and open as long as one listens. The browser opens it again by itself, from the event it had last; while it is not
 * open, listeners get `poll` every few seconds, and once when it is open at last, and ask for themselves.
 */
export class Live {
  readonly freshness = new Store<Freshness>('waiting');
  readonly #listeners = new Set<Listener>();
  #source: EventSourceLike | null = null;
  #poll: ReturnType<typeof setInterval> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;

  constructor(private readonly open: (address: string) => EventSourceLike) {}

  /** Returns what ends the listening. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#start();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  stop(): void {
    this.#source?.close();
    this.#source = null;
    this.#endPolling();
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retry = null;
    this.freshness.update(() => 'waiting');
  }

  #start(): void {
    const source = this.open(addressOf(operations.events));
    this.#source = source;
    source.addEventListener('open', () => {
      this.#endPolling();
      this.freshness.update(() => 'live');
      // Between the last answer, or the first, and the opening something may have happened.
      this.#tell('poll', null);
    });
    source.addEventListener('error', () => {
      if (source !== this.#source) return;
      this.#beginPolling();
      if (source.readyState === closed) this.#startLater();
    });
    // More happened while the line was lost than the server keeps.
    source.addEventListener('reset', () => this.#tell('poll', null));
    for (const name of liveEvents) {
      source.addEventListener(name, ({ data }) => {
        const value = parse(data);
        if (value !== undefined) this.#tell(name, value);
      });
    }
  }

  #startLater(): void {
    if (this.#retry !== null) return;
    this.#source?.close();
    this.#retry = setTimeout(() => {
      this.#retry = null;
      if (this.#listeners.size > 0) this.#start();
    }, retryAfter);
  }

  #beginPolling(): void {
    this.freshness.update(() => 'polling');
    this.#poll ??= setInterval(() => this.#tell('poll', null), pollEvery);
  }

  #endPolling(): void {
    if (this.#poll !== null) clearInterval(this.#poll);
    this.#poll = null;
  }

  #tell(event: LiveEvent | 'poll', data: unknown): void {
    for (const listener of this.#listeners) listener(event, data);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
