import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aMessage, minute } from '../testing/builders';
import { MemoryStorage } from '../testing/storage';
import { ChatError, type ProblemCode } from './chatError';
import type { Message } from './contract';
import { Outbox } from './outbox';
import type { Lock } from './platform';
import { Outgoing } from './outgoing';
import { MemoryOutboxStore, type OutboxEntry, type OutboxStore } from './outboxStore';

const owner = { sessionId: 's1', username: 'Ada' };
const general = '@general';
const confirmed = aMessage(1);

/** One attempt to send; the test answers it in the server's place. */
interface Attempt {
  readonly entry: OutboxEntry;
  readonly accept: () => void;
  readonly refuse: (code: ProblemCode, retryAfterSeconds?: number) => void;
}

class Stage {
  readonly outgoing: Outgoing;
  readonly attempts: Attempt[] = [];
  readonly delivered: string[] = [];
  shown: readonly OutboxEntry[] = [];
  sending: readonly string[] = [];
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
      changed: (entries, sending) => {
        this.shown = entries;
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

const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));
const accept = (attempt: Attempt): void => attempt.accept();

const anEntry = (id: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  ...owner, id, channel: general, text: id, createdAt: Date.now(), attempted: false, problem: null, ...more,
});

let stage: Stage;
beforeEach(async () => {
  vi.useFakeTimers();
  stage = new Stage();
  await stage.outbox.open(owner);
});
afterEach(() => {
  vi.useRealTimers();
});

describe('sending', () => {
  it('sends in order, one message at a time, and drops what is delivered', async () => {
    await stage.add('one', 'two', 'three');
    expect(stage.texts).toEqual(['one']);
    expect(stage.sending).toEqual([stage.attempts[0]?.entry.id]);
    await stage.answer(accept);
    expect(stage.texts).toEqual(['one', 'two']);
    expect(stage.shown.map(({ text }) => text)).toEqual(['two', 'three']);
    await stage.answer(accept);
    await stage.answer(accept);
    expect(stage.delivered).toEqual(['one', 'two', 'three']);
    expect(stage.shown).toEqual([]);
    expect(stage.sending).toEqual([]);
    expect(await stage.store.list()).toEqual([]);
  });

  it('holds up no channel for another', async () => {
    await stage.add('one');
    await stage.outbox.add('@other', 'elsewhere');
    await settle();
    expect(stage.texts).toEqual(['one', 'elsewhere']);
  });

  it('keeps a message before it is sent, and notes that the server may have it', async () => {
    stage.ready = false;
    await stage.add('one');
    expect(stage.attempts).toEqual([]);
    expect(await stage.store.list()).toMatchObject([{ text: 'one', attempted: false }]);
    stage.ready = true;
    stage.outbox.drain(general);
    await settle();
    expect(await stage.store.list()).toMatchObject([{ text: 'one', attempted: true }]);
  });

  it('sends nothing for nobody', async () => {
    await stage.outbox.clear();
    await stage.add('one');
    expect(stage.attempts).toEqual([]);
  });
});

describe('an attempt without success', () => {
  it('is repeated under the same id, before whatever is behind it', async () => {
    await stage.add('one', 'two');
    await stage.answer((attempt) => attempt.refuse('unreachable'));
    expect(stage.attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(499);
    expect(stage.attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.texts).toEqual(['one', 'one']);
    expect(stage.attempts[1]?.entry.id).toBe(stage.attempts[0]?.entry.id);
    await stage.answer((attempt) => attempt.refuse('unreachable'));
    await vi.advanceTimersByTimeAsync(999);
    expect(stage.attempts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.attempts).toHaveLength(3);
  });

  it('is repeated no sooner than a limit allows', async () => {
    await stage.add('one');
    await stage.answer((attempt) => attempt.refuse('rate-limited', 7));
    expect(stage.shown[0]?.problem).toBeNull();
    await vi.advanceTimersByTimeAsync(6_999);
    expect(stage.attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.texts).toEqual(['one', 'one']);
  });

  it('waits for the connection when that is what is missing', async () => {
    await stage.add('one');
    stage.ready = false;
    await stage.answer((attempt) => attempt.refuse('unreachable'));
    await vi.advanceTimersByTimeAsync(minute);
    expect(stage.attempts).toHaveLength(1);
    stage.ready = true;
    stage.outbox.drain(general);
    await settle();
    expect(stage.attempts[1]?.entry.id).toBe(stage.attempts[0]?.entry.id);
  });

  it('is repeated as soon as the connection is back, whatever wait would have been due', async () => {
    await stage.add('one');
    stage.ready = false;
    await stage.answer((attempt) => attempt.refuse('unreachable'));
    stage.ready = true;
    stage.outbox.drain(general);
    await settle();
    expect(stage.texts).toEqual(['one', 'one']);
  });

  it('is given back to its author if a rule forbids it, and lets the next one pass', async () => {
    await stage.add('one', 'two');
    await stage.answer((attempt) => attempt.refuse('text-too-long'));
    expect(stage.shown[0]?.problem).toEqual({ code: 'text-too-long', detail: 'The sentence.' });
    expect(stage.texts).toEqual(['one', 'two']);
    await stage.answer(accept);
    await vi.advanceTimersByTimeAsync(minute);
    expect(stage.texts).toEqual(['one', 'two']);
    expect(await stage.store.list()).toMatchObject([{ text: 'one', problem: { code: 'text-too-long' } }]);
  });

  it('is given back after the server failed over it five times', async () => {
    await stage.add('one', 'two');
    for (let fault = 1; fault <= 5; fault++) {
      expect(stage.texts).toEqual(Array.from({ length: fault }, () => 'one'));
      await stage.answer((attempt) => attempt.refuse('server-fault'));
      if (fault < 5) await vi.advanceTimersByTimeAsync(30_000);
    }
    expect(stage.shown[0]?.problem?.code).toBe('server-fault');
    expect(stage.texts.at(-1)).toBe('two');
  });

  it('is not repeated for a session that is over', async () => {
    await stage.add('one');
    await stage.answer((attempt) => attempt.refuse('session-ended'));
    await vi.advanceTimersByTimeAsync(minute);
    expect(stage.attempts).toHaveLength(1);
    expect(stage.shown).toMatchObject([{ text: 'one', problem: null }]);
  });
});

describe('the author', () => {
  it('may send a refused message again, under its id', async () => {
    await stage.add('one');
    const id = stage.attempts[0]?.entry.id ?? '';
    await stage.answer((attempt) => attempt.refuse('limit-reached'));
    await stage.outbox.retry(id);
    await settle();
    expect(stage.attempts[1]?.entry).toMatchObject({ id, problem: null });
    await stage.answer(accept);
    expect(stage.shown).toEqual([]);
  });

  it('is asked about a message that waited for over ten minutes', async () => {
    stage.ready = false;
    await stage.add('one');
    await vi.advanceTimersByTimeAsync(10 * minute + 1);
    stage.ready = true;
    stage.outbox.drain(general);
    await settle();
    expect(stage.attempts).toEqual([]);
    expect(stage.shown[0]?.problem?.code).toBe('stale');
  });
});

describe('open', () => {
  it('takes over what the same user left, but never repeats what an ended session may have delivered', async () => {
    await stage.store.add(anEntry('untried', { sessionId: 'old', username: 'ADA' }));
    await stage.store.add(anEntry('tried', { sessionId: 'old', attempted: true }));
    await stage.store.add(anEntry('of another', { sessionId: 'old', username: 'Bob' }));
    await stage.outbox.open(owner);
    expect(stage.shown.map(({ id, sessionId, problem }) => [id, sessionId, problem?.code])).toEqual([
      ['untried', 's1', undefined],
      ['tried', 's1', 'unconfirmed'],
    ]);
    expect((await stage.store.list()).map(({ id }) => id)).toEqual(['untried', 'tried']);
  });

  it('repeats what the same session tried before a reload', async () => {
    await stage.store.add(anEntry('tried', { attempted: true }));
    await stage.outbox.open(owner);
    stage.outbox.drain(general);
    await settle();
    expect(stage.attempts[0]?.entry.id).toBe('tried');
  });
});

describe('a page that goes away', () => {
  /** A store whose writing takes until the test lets it end. */
  class SlowStore extends MemoryOutboxStore {
    release: () => void = () => undefined;
    override async add(entry: OutboxEntry): Promise<void> {
      await new Promise<void>((resolve) => (this.release = resolve));
      await super.add(entry);
    }
  }

  it('sends nothing before the store has it, and has it written down meanwhile', async () => {
    const store = new SlowStore();
    stage = new Stage(store);
    await stage.outbox.open(owner);
    void stage.outbox.add(general, 'one');
    expect(stage.outgoing.all()).toMatchObject([{ text: 'one', sessionId: 's1' }]);
    expect(stage.shown).toMatchObject([{ text: 'one', problem: null }]);
    await settle();
    expect(stage.attempts).toEqual([]);
    store.release();
    await settle();
    expect(stage.texts).toEqual(['one']);
    expect(stage.outgoing.all()).toEqual([]);
  });

  it('leaves to the next one what it had no time to store, in order and under the same ids', async () => {
    const storage = new MemoryStorage();
    const lost = new Stage(new SlowStore(), storage);
    await lost.outbox.open(owner);
    void lost.outbox.add(general, 'one');
    await vi.advanceTimersByTimeAsync(1);
    void lost.outbox.add(general, 'two');
    const ids = lost.outgoing.all().map(({ id }) => id);
    stage = new Stage(new MemoryOutboxStore(), storage);
    await stage.outbox.open(owner);
    expect(stage.shown.map(({ id, text }) => [id, text])).toEqual([[ids[0], 'one'], [ids[1], 'two']]);
    expect(stage.outgoing.all()).toEqual([]);
  });

  it('does not double what both hold', async () => {
    await stage.store.add(anEntry('one'));
    stage.outgoing.put(anEntry('one'));
    await stage.outbox.open(owner);
    expect(await stage.store.list()).toHaveLength(1);
    expect(stage.outgoing.all()).toEqual([]);
  });

  it('forgets all of it when the user signs out', async () => {
    stage.outgoing.put(anEntry('one'));
    await stage.outbox.clear();
    expect(stage.outgoing.all()).toEqual([]);
  });
});

describe('a store that refuses', () => {
  class FullStore extends MemoryOutboxStore {
    full = true;
    override async add(entry: OutboxEntry): Promise<void> {
      if (this.full) throw new Error('Full.');
      await super.add(entry);
    }
  }

  it('gives the message back to its author, who may try again', async () => {
    const store = new FullStore();
    stage = new Stage(store);
    await stage.outbox.open(owner);
    await stage.add('one');
    expect(stage.attempts).toEqual([]);
    expect(stage.shown).toMatchObject([{ text: 'one', problem: { code: 'unsaved' } }]);
    store.full = false;
    await stage.outbox.retry(stage.shown[0]?.id ?? '');
    await settle();
    expect(stage.texts).toEqual(['one']);
  });

  it('lets the message be discarded', async () => {
    stage = new Stage(new FullStore());
    await stage.outbox.open(owner);
    await stage.add('one');
    await stage.outbox.remove(stage.shown[0]?.id ?? '');
    expect(stage.shown).toEqual([]);
    expect(stage.outgoing.all()).toEqual([]);
  });
});

describe('two tabs', () => {
  it('send each message once, in order', async () => {
    const tails = new Map<string, Promise<unknown>>();
    const lock: Lock = (name, work) => {
      const turn = (tails.get(name) ?? Promise.resolve()).then(work);
      tails.set(name, turn.catch(() => undefined));
      return turn;
    };
    const store = new MemoryOutboxStore();
    const [first, second] = [new Stage(store, new MemoryStorage(), lock), new Stage(store, new MemoryStorage(), lock)];
    for (const tab of [first, second]) await tab.outbox.open(owner);
    await first.add('one');
    await second.add('two');
    await first.add('three');
    const sent: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      for (const tab of [first, second]) {
        await tab.outbox.refresh();
        tab.outbox.drain(general);
        await settle();
        const attempt = tab.attempts.shift();
        if (!attempt) continue;
        sent.push(attempt.entry.text);
        attempt.accept();
        await settle();
      }
    }
    expect(sent).toEqual(['one', 'two', 'three']);
    expect(await store.list()).toEqual([]);
  });
});
