import { vi } from 'vitest';
import { ChatError, type ProblemCode } from '../connection/chatError';
import type { Message } from '../connection/contract';
import { Outbox } from '../connection/outbox';
import { Outgoing } from '../connection/outgoing';
import { MemoryOutboxStore, type OutboxEntry, type OutboxStore } from '../connection/outboxStore';
import type { Lock } from '../connection/platform';
import { aMessage } from './builders';
import { MemoryStorage } from './storage';

export const owner = { sessionId: 's1', username: 'Ada' };
export const general = '@general';
const confirmed = aMessage(1);

/** One attempt to send; the test answers it in the server's place. */
export interface Attempt {
  readonly entry: OutboxEntry;
  readonly accept: () => void;
  readonly refuse: (code: ProblemCode, retryAfterSeconds?: number) => void;
}

/** An outbox whose server the test is. */
export class OutboxStage {
  readonly outgoing: Outgoing;
  readonly attempts: Attempt[] = [];
  readonly delivered: string[] = [];
  shown: readonly OutboxEntry[] = [];
  sending: readonly string[] = [];
  waits: ReadonlyMap<string, number> = new Map();
  ready = true;
  readonly outbox: Outbox;

  constructor(
    readonly store: OutboxStore = new MemoryOutboxStore(),
    storage: Storage = new MemoryStorage(),
    lock: Lock = (_, work) => work(),
  ) {
    this.outgoing = new Outgoing(storage);
    this.outbox = new Outbox({
      store: Promise.resolve(store),
      outgoing: this.outgoing,
      lock,
      send: (entry) => new Promise<Message>((resolve, reject) => {
        this.attempts.push({
          entry,
          accept: () => resolve(confirmed),
          refuse: (code, seconds) => reject(new ChatError(code, 'The sentence.', seconds ?? null)),
        });
      }),
      isReady: () => this.ready,
      changed: (entries, sending, waits) => {
        this.shown = entries;
        this.waits = new Map(waits);
        this.sending = [...sending];
      },
      delivered: (entry) => this.delivered.push(entry.text),
      announce: () => undefined,
      random: () => 0.5,
    });
  }

  get texts(): string[] {
    return this.attempts.map(({ entry }) => entry.text);
  }

  async answer(what: (attempt: Attempt) => void): Promise<void> {
    const last = this.attempts.at(-1);
    if (!last) throw new Error('Nothing was sent.');
    what(last);
    await settle();
  }

  async add(...texts: readonly string[]): Promise<void> {
    for (const text of texts) await this.outbox.add(general, text);
    await settle();
  }
}

export const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));
export const accept = (attempt: Attempt): void => attempt.accept();

export const anEntry = (id: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ...owner, id, channel: general, text: id, createdAt: Date.now(), attempted: false, problem: null, ...more,
});
