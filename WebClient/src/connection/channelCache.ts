import { cacheable, cacheArrived } from '../state/cache';
import type { ChannelKey, ChatState } from '../state/chatState';
import type { Store } from '../state/store';
import type { CacheEntry, CacheStore } from './cacheStore';
import type { Message } from './contract';
import { whenIdle } from './platform';

/** Channels that are kept: those shown last. */
export const mostChannels = 20;
/** What changed is written at most this often, in milliseconds. */
const writeEvery = 2_000;

/** Keeps what the channels of a session show, for its next page to show at once. It is the session's alone, and ends with it. */
export class ChannelCache {
  #sessionId: string | null = null;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #seen: ChatState['channels'] | null = null;
  /** What is written already. */
  #written = new Map<ChannelKey, readonly Message[]>();
  /** Each access waits for the one before, so that nothing is written behind the end. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store<ChatState>,
    private readonly kept: CacheStore,
  ) {
    store.subscribe(() => {
      if (this.#sessionId === null || store.state.channels === this.#seen) return;
      this.#seen = store.state.channels;
      this.#waiting ??= setTimeout(() => whenIdle(() => this.save()), writeEvery);
    });
  }

  /** Shows what an earlier page of this session held. What is another session's is nobody's business any more. */
  begin(sessionId: string): void {
    this.#forget(sessionId);
    this.#then(async () => {
      const entries = await this.kept.list();
      if (this.#sessionId !== sessionId) return;
      const own = entries.filter((entry) => entry.sessionId === sessionId);
      if (own.length < entries.length) await this.kept.write([], new Set(own.map(({ key }) => key)));
      for (const { key, messages } of own) if (!this.#written.has(key)) this.#written.set(key, messages);
      this.store.update((state) => (state.session?.sessionId === sessionId ? cacheArrived(state, new Map(own.map((entry) => [entry.key, entry]))) : state));
    });
  }

  /** There is no session any more. */
  end(): void {
    this.#forget(null);
    this.#then(() => this.kept.write([], new Set()));
  }

  /** Writes what has changed. */
  save(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    const sessionId = this.#sessionId;
    if (sessionId === null) return;
    const { channels, recent } = this.store.state;
    // Whoever is not let in any more does not keep what was said there.
    const isIn = (key: ChannelKey): boolean => (channels.get(key)?.phase ?? 'refused') !== 'refused';
    const keys = [...new Set([...recent, ...channels.keys()])].filter(isIn).slice(0, mostChannels);
    const changed = keys.flatMap((key): readonly CacheEntry[] => {
      const channel = channels.get(key);
      const cached = channel && cacheable(channel);
      if (!channel || !cached || this.#written.get(key) === channel.messages) return [];
      this.#written.set(key, channel.messages);
      return [{ ...cached, key, sessionId }];
    });
    const gone = [...this.#written.keys()].filter((key) => !keys.includes(key));
    for (const key of gone) this.#written.delete(key);
    if (changed.length === 0 && gone.length === 0) return;
    this.#then(() => this.kept.write(changed, new Set(keys)));
  }

  #forget(sessionId: string | null): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#sessionId = sessionId;
    this.#seen = null;
    this.#written = new Map();
  }

  /** A browser that refuses storage, or is out of space, shows nothing before the server answers. */
  #then(access: () => Promise<unknown>): void {
    this.#last = this.#last.then(access).catch(() => undefined);
  }
}
