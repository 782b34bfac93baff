import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { minute } from '../testing/builders';
import { accept, anEntry, general, OutboxStage, owner, settle } from '../testing/outboxStage';

let stage: OutboxStage;
beforeEach(async () => {
  vi.useFakeTimers();
  stage = new OutboxStage();
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
    expect([...stage.waits]).toEqual([[general, Date.now() + 7_000]]);
    await vi.advanceTimersByTimeAsync(6_999);
    expect(stage.attempts).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.texts).toEqual(['one', 'one']);
    expect([...stage.waits]).toEqual([]);
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

  it('is given back after five faults of the server also over reloads of the page, and lets the next one pass', async () => {
    await stage.add('one', 'two');
    for (let fault = 1; fault <= 5; fault++) {
      expect(stage.texts.at(-1)).toBe('one');
      await stage.answer((attempt) => attempt.refuse('server-fault'));
      if (fault === 5) break;
      stage.ready = false;
      stage = new OutboxStage(stage.store);
      await stage.outbox.open(owner);
      stage.outbox.drain(general);
      await settle();
    }
    expect(stage.shown[0]?.problem?.code).toBe('server-fault');
    expect(stage.texts.at(-1)).toBe('two');
  });

  it('has five more attempts when its author sends it again', async () => {
    await stage.store.add(anEntry('one', { attempted: true, faults: 5, problem: { code: 'server-fault', detail: '' } }));
    await stage.outbox.open(owner);
    await stage.outbox.retry('one');
    await settle();
    await stage.answer((attempt) => attempt.refuse('server-fault'));
    expect(stage.shown).toMatchObject([{ problem: null, faults: 1 }]);
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
