import { backoff } from './backoff';
import { mismatch, type Mismatch } from './contractCheck';
import type { HubLink, HubListener, OpenHub } from './hub';

/** How the connection stands. `since` is when it was lost or first wanted; times are milliseconds since 1970. */
export type ConnectionStatus =
  | { readonly phase: 'online' }
  | { readonly phase: 'connecting'; readonly since: number }
  | {
      readonly phase: 'reconnecting' | 'offline' | 'restarting';
      readonly since: number;
      readonly attempt: number;
      readonly retryAt: number | null;
    }
  /** The server is too old or too new for this page: only another page helps. */
  | { readonly phase: 'incompatible'; readonly since: number; readonly server: Mismatch };

export interface ConnectorOptions {
  readonly open: OpenHub;
  /** Whether the server refuses the token, as opposed to not being reached. */
  readonly isRefused: (token: string) => Promise<boolean>;
  readonly isOnline: () => boolean;
  readonly random?: () => number;
}

export interface ConnectorListener extends Pick<HubListener, 'received'> {
  status(status: ConnectionStatus): void;
  opened(link: HubLink): void;
  lost(): void;
  refused(): void;
}

const openTimeout = 10_000;

/**
 * Keeps one hub connection open for as long as it is wanted: opens, notices the loss, waits, tries again. It is open when the server has said which contract it speaks; with
 * one that this page cannot speak it gives up, since no retry would help.
 */
export class Connector {
  #token: string | null = null;
  #link: HubLink | null = null;
  #since = 0;
  #attempt = 0;
  #restartAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts openings, so that a late word from an abandoned one is told apart. */
  #generation = 0;

  constructor(
    private readonly options: ConnectorOptions,
    private readonly listener: ConnectorListener,
  ) {}

  start(token: string): void {
    this.stop();
    this.#token = token;
    this.#since = Date.now();
    this.listener.status({ phase: 'connecting', since: this.#since });
    void this.#open();
  }

  stop(): void {
    this.#generation++;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#token = null;
    this.#attempt = 0;
    this.#restartAt = null;
    this.#link?.close();
    this.#link = null;
  }

  /** Ends a wait: the network is back, the page is looked at, or somebody pressed the button. */
  wake(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#open();
  }

  /** The server announced that it will be gone for a while; its connection is still to break. */
  serverRestarting(seconds: number): void {
    this.#restartAt = Date.now() + seconds * 1000;
    this.#since = Date.now();
    this.#report(null);
  }

  async #open(): Promise<void> {
    const token = this.#token;
    if (token === null) return;
    const generation = ++this.#generation;
    const isCurrent = (): boolean => generation === this.#generation;
    if (this.#attempt > 0) this.#report(null);
    /** What the first word said of the server; undefined before it. */
    const first: { verdict?: Mismatch | null } = {};
    let greet = (): void => undefined;
    const greeting = new Promise<void>((resolve) => (greet = resolve));
    try {
      const opening = this.options.open(token, {
        received: (event, ...args) => {
          if (!isCurrent()) return;
          if (first.verdict === undefined) {
            first.verdict = event === 'Contract' ? mismatch(args[0], args[1]) : mismatch(0, 0);
            greet();
          }
          // What a server of another time says may mean something else.
          if (first.verdict === null && event !== 'Contract') this.listener.received(event, ...args);
        },
        closed: () => {
          if (isCurrent()) this.#lost();
        },
      });
      const link = await withTimeout(opening, greeting, openTimeout);
      if (!isCurrent()) {
        link.close();
        return;
      }
      if (first.verdict) {
        this.stop();
        link.close();
        this.listener.status({ phase: 'incompatible', since: Date.now(), server: first.verdict });
        return;
      }
      this.#link = link;
      this.#attempt = 0;
      this.#restartAt = null;
      this.listener.status({ phase: 'online' });
      this.listener.opened(link);
    } catch {
      if (!isCurrent()) return;
      const refused = await this.options.isRefused(token);
      if (!isCurrent()) return;
      if (refused) {
        this.stop();
        this.listener.refused();
      } else {
        this.#wait();
      }
    }
  }

  #lost(): void {
    this.#link = null;
    if (this.#restartAt === null) this.#since = Date.now();
    this.listener.lost();
    this.#wait();
  }

  #wait(): void {
    // What is waited after is abandoned: should it open after all, its end is no second loss.
    this.#generation++;
    this.#attempt++;
    const untilRestart = this.#attempt === 1 && this.#restartAt !== null ? Math.max(0, this.#restartAt - Date.now()) : 0;
    const delay = untilRestart + backoff(this.#attempt, this.options.random);
    this.#timer = setTimeout(() => this.wake(), delay);
    this.#report(Date.now() + delay);
  }

  #report(retryAt: number | null): void {
    const phase = this.#restartAt !== null ? 'restarting' : this.options.isOnline() ? 'reconnecting' : 'offline';
    this.listener.status({ phase, since: this.#since, attempt: this.#attempt, retryAt });
  }
}

/** Waits for an opening and the server's first word no longer than the limit; what opens later, or stays silent, is closed, since nobody holds it. */
function withTimeout(opening: Promise<HubLink>, greeting: Promise<void>, limit: number): Promise<HubLink> {
  return new Promise((resolve, reject) => {
    let late = false;
    let silent: HubLink | null = null;
    const timer = setTimeout(() => {
      late = true;
      reject(new Error('The hub did not open in time.'));
      silent?.close();
    }, limit);
    opening.then(
      (link) => {
        if (late) {
          link.close();
          return;
        }
        silent = link;
        void greeting.then(() => {
          clearTimeout(timer);
          resolve(link);
        });
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
