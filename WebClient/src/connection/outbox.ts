import { backoff } from './backoff';
import { ChatError, isPassing, type Problem } from './chatError';
import type { Message } from './contract';
import { randomId, type Lock } from './platform';
import type { Outgoing } from './outgoing';
import type { OutboxEntry, OutboxStore } from './outboxStore';

export interface OutboxOwner {
  readonly sessionId: string;
  readonly username: string;
}

export interface OutboxOptions {
  readonly store: Promise<OutboxStore>;
  /** Holds what is on its way into the store. */
  readonly outgoing: Outgoing;
  readonly lock: Lock;
  /** Sends one entry; throws a {@link ChatError}. */
  readonly send: (entry: OutboxEntry) => Promise<Message>;
  /** Whether the connection is there and the channel entered. */
  readonly isReady: (channel: string) => boolean;
  /** Tells the view of all entries, which of them are on their way, and until when the server has a channel wait that sends too much. */
  readonly changed: (entries: readonly OutboxEntry[], sending: ReadonlySet<string>, waits: ReadonlyMap<string, number>) => void;
  readonly delivered: (entry: OutboxEntry, message: Message) => void;
  /** Tells the other tabs that the store has changed. */
  readonly announce: () => void;
  readonly random?: () => number;
}

/** An entry older than this is sent only after its author said so again. */
const staleAfter = 10 * 60_000;
/** A message that makes the server fail every time must not hold up those behind it for ever. */
const faultsTolerated = 5;

type Outcome = { readonly next: 'more' | 'nothing' } | { readonly next: 'later'; readonly after: ChatError };

/**
 * Messages on their way out: kept before they are sent, sent in order one at a time for each channel, repeated under the same id until
 * the server answers, and given back to their author if it refuses.
 */
export class Outbox {
  #owner: OutboxOwner | null = null;
  #entries: readonly OutboxEntry[] = [];
  /** Shown, but not in the store yet. */
  readonly #unsaved = new Set<string>();
  readonly #sending = new Set<string>();
  readonly #draining = new Set<string>();
  /** Channels that got something to send while they were being drained. */
  readonly #again = new Set<string>();
  /** Channels that send too much, and until when they wait, in milliseconds since 1970. */
  readonly #waits = new Map<string, number>();
  /** Counts readings of the store, so that an older one never replaces what a newer one showed. */
  #readings = 0;

  constructor(private readonly options: OutboxOptions) {}

  /** Takes over what an earlier page, or an ended session of the same user, left behind. Another user's entries are dropped. */
  async open(owner: OutboxOwner): Promise<void> {
    this.#owner = owner;
    const store = await this.options.store;
    await this.#rescue(store);
    for (const entry of await store.list()) {
      if (entry.username.toLowerCase() !== owner.username.toLowerCase()) await store.remove(entry.id);
      else if (entry.sessionId !== owner.sessionId) await store.replace(adopt(entry, owner));
    }
    await this.#list();
  }

  /** Forgets everything: the user signed out. */
  async clear(): Promise<void> {
    this.#owner = null;
    const store = await this.options.store;
    for (const { id } of this.options.outgoing.all()) this.options.outgoing.drop(id);
    for (const entry of await store.list()) await store.remove(entry.id);
    await this.#list();
  }

  /** Reads the store again: another tab changed it. */
  async refresh(): Promise<void> {
    await this.#list();
  }

  async add(channel: string, text: string, replyTo: number | null = null): Promise<void> {
    if (!this.#owner) return;
    const entry: OutboxEntry = {
      ...this.#owner, id: randomId(), channel, text, createdAt: Date.now(), attempted: false, problem: null,
      ...(replyTo === null ? {} : { replyTo }),
    };
    this.options.outgoing.put(entry);
    this.#show([...this.#entries, entry]);
    await this.#keep(entry);
  }

  /** Sends a refused or stale entry after all. */
  async retry(id: string): Promise<void> {
    const entry = this.#entries.find((candidate) => candidate.id === id);
    if (!entry) return;
    const renewed: OutboxEntry = { ...entry, createdAt: Date.now(), problem: null, faults: 0 };
    if (this.#unsaved.has(id)) return this.#keep(renewed);
    await this.#replace(renewed);
    this.drain(entry.channel);
  }

  /** Drops an entry: its author gave it up, or the log shows it. */
  async remove(id: string): Promise<void> {
    if (!this.#entries.some((entry) => entry.id === id)) return;
    this.#unsaved.delete(id);
    this.options.outgoing.drop(id);
    this.#show(this.#entries.filter((entry) => entry.id !== id));
    await this.#write((store) => store.remove(id));
  }

  /** Sends what waits in a channel, unless that is going on already. */
  drain(channel: string): void {
    if (this.#draining.has(channel)) this.#again.add(channel);
    else void this.#drain(channel);
  }

  /** Nothing is sent that the store does not hold: what the page forgot could not be repeated. */
  async #keep(entry: OutboxEntry): Promise<void> {
    this.#unsaved.add(entry.id);
    try {
      await this.#write(async (store) => {
        await store.add(entry);
        this.#unsaved.delete(entry.id);
        this.options.outgoing.drop(entry.id);
      });
    } catch {
      const problem: Problem = { code: 'unsaved', detail: '' };
      this.#show(this.#entries.map((old) => (old.id === entry.id ? { ...entry, problem } : old)));
      return;
    }
    this.drain(entry.channel);
  }

  /** Takes over what a page wrote down and had no time to store. */
  async #rescue(store: OutboxStore): Promise<void> {
    const stored = new Set((await store.list()).map(({ id }) => id));
    for (const entry of this.options.outgoing.all()) {
      // An entry of this page is being stored already.
      if (this.#unsaved.has(entry.id)) continue;
      if (!stored.has(entry.id)) await store.add(entry);
      this.options.outgoing.drop(entry.id);
    }
  }

  async #drain(channel: string): Promise<void> {
    this.#draining.add(channel);
    try {
      for (let attempt = 0; this.options.isReady(channel); ) {
        this.#again.delete(channel);
        const outcome = await this.options.lock(`kaichat-outbox ${channel}`, () => this.#sendNext(channel));
        if (outcome.next === 'later') {
          if (!this.options.isReady(channel)) return;
          attempt++;
          const asked = (outcome.after.retryAfterSeconds ?? 0) * 1000;
          const wait = Math.max(asked, backoff(attempt, this.options.random));
          if (outcome.after.code === 'rate-limited') this.#showWait(channel, Date.now() + wait);
          await new Promise((resolve) => setTimeout(resolve, wait));
          this.#showWait(channel, null);
        } else {
          attempt = 0;
          if (outcome.next === 'nothing' && !this.#again.has(channel)) return;
        }
      }
    } finally {
      this.#draining.delete(channel);
      this.#again.delete(channel);
    }
  }

  async #sendNext(channel: string): Promise<Outcome> {
    const entry = (await this.#list()).find((candidate) => candidate.channel === channel && candidate.problem === null);
    if (!entry || !this.options.isReady(channel)) return { next: 'nothing' };
    if (Date.now() - entry.createdAt > staleAfter) {
      await this.#replace({ ...entry, problem: { code: 'stale', detail: '' } });
      return { next: 'more' };
    }
    this.#sending.add(entry.id);
    await this.#replace({ ...entry, attempted: true });
    try {
      const message = await this.options.send(entry);
      this.options.delivered(entry, message);
      await this.remove(entry.id);
      return { next: 'more' };
    } catch (error) {
      const refusal = error instanceof ChatError ? error : new ChatError('unreachable');
      const faults = (entry.faults ?? 0) + (refusal.code === 'server-fault' ? 1 : 0);
      const mayPass = isPassing(refusal.code) && faults < faultsTolerated;
      if (mayPass && faults !== (entry.faults ?? 0)) await this.#replace({ ...entry, attempted: true, faults });
      if (mayPass) return { next: 'later', after: refusal };
      if (refusal.code === 'session-ended') return { next: 'nothing' };
      await this.#replace({ ...entry, attempted: true, faults, problem: refusal.problem });
      return { next: 'more' };
    } finally {
      this.#sending.delete(entry.id);
      this.#show(this.#entries);
    }
  }

  async #replace(entry: OutboxEntry): Promise<void> {
    this.#show(this.#entries.map((old) => (old.id === entry.id ? entry : old)));
    await this.#write((store) => store.replace(entry));
  }

  async #write(change: (store: OutboxStore) => Promise<void>): Promise<void> {
    await change(await this.options.store);
    this.options.announce();
    await this.#list();
  }

  async #list(): Promise<readonly OutboxEntry[]> {
    const reading = ++this.#readings;
    const all = await (await this.options.store).list();
    const saved = all.filter((entry) => entry.sessionId === this.#owner?.sessionId);
    if (reading === this.#readings) {
      this.#show([...saved, ...this.#entries.filter((entry) => this.#unsaved.has(entry.id))]);
    }
    return saved;
  }

  #showWait(channel: string, until: number | null): void {
    if (until !== null) this.#waits.set(channel, until);
    else if (!this.#waits.delete(channel)) return;
    this.#show(this.#entries);
  }

  #show(entries: readonly OutboxEntry[]): void {
    this.#entries = entries;
    this.options.changed(entries, this.#sending, this.#waits);
  }
}

/**
 * What an ended session tried to send may be in the log under that session: repeating it could double it, so its author decides, unless
 * the log turns out to show it.
 */
function adopt(entry: OutboxEntry, owner: OutboxOwner): OutboxEntry {
  const unconfirmed: Problem = { code: 'unconfirmed', detail: '' };
  return { ...entry, ...owner, problem: entry.attempted ? (entry.problem ?? unconfirmed) : entry.problem };
}
