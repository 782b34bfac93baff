import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { anEntry, general, OutboxStage, owner, settle } from '../testing/outboxStage';
import { MemoryStorage } from '../testing/storage';
import { MemoryOutboxStore, type OutboxEntry } from './outboxStore';
import type { Lock } from './platform';

let stage: OutboxStage;
beforeEach(async () => {
  vi.useFakeTimers();
  stage = new OutboxStage();
  await stage.outbox.open(owner);
});
afterEach(() => {
  vi.useRealTimers();
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
    stage = new OutboxStage(store);
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
    const lost = new OutboxStage(new SlowStore(), storage);
    await lost.outbox.open(owner);
    void lost.outbox.add(general, 'one');
    await vi.advanceTimersByTimeAsync(1);
    void lost.outbox.add(general, 'two');
    const ids = lost.outgoing.all().map(({ id }) => id);
    stage = new OutboxStage(new MemoryOutboxStore(), storage);
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
    stage = new OutboxStage(store);
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
    stage = new OutboxStage(new FullStore());
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
    const [first, second] = [new OutboxStage(store, new MemoryStorage(), lock), new OutboxStage(store, new MemoryStorage(), lock)];
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
