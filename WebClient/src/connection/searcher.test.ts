import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aHit, aMessage } from '../testing/builders';
import { ChatError } from './chatError';
import type { SearchPage } from './contract';
import { Searcher } from './searcher';

interface Question {
  readonly asked: readonly unknown[];
  readonly answer: (page: Partial<SearchPage>) => void;
  readonly refuse: (error: ChatError) => void;
}

const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

let questions: Question[];
let searcher: Searcher;
beforeEach(() => {
  vi.useFakeTimers();
  questions = [];
  searcher = new Searcher((...asked) => new Promise((resolve, reject) => {
    questions.push({ asked, answer: (page) => resolve({ hits: [], next: null, incomplete: false, ...page }), refuse: reject });
  }));
});
afterEach(() => {
  vi.useRealTimers();
});

const found = (): number[] => searcher.store.state.hits.map((hit) => hit.message.seq);

describe('Searcher', () => {
  it('asks once the typing pauses', async () => {
    searcher.type('t');
    await vi.advanceTimersByTimeAsync(300);
    searcher.type('tea ');
    await vi.advanceTimersByTimeAsync(349);
    expect(questions).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(questions[0]?.asked).toEqual(['tea', null, 20]);
    expect(searcher.store.state.phase).toBe('searching');
  });

  it('asks at once when told to, and only once', async () => {
    searcher.type('tea');
    searcher.submit();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(questions).toHaveLength(1);
  });

  it('asks nothing about nothing, nor about a place alone', async () => {
    searcher.type('in:@dev ');
    searcher.type(' ');
    searcher.submit();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(questions).toEqual([]);
  });

  it('lets no late answer stand in for a newer one', async () => {
    searcher.type('te');
    searcher.submit();
    searcher.type('tea');
    searcher.submit();
    questions[1]?.answer({ hits: [aHit(2)] });
    await settle();
    questions[0]?.answer({ hits: [aHit(1)] });
    await settle();
    expect(found()).toEqual([2]);
    expect(searcher.store.state.found).toBe('tea');
  });

  it('lets no answer come back to a query that was emptied, nor a refusal', async () => {
    searcher.type('tea');
    searcher.submit();
    searcher.type('');
    questions[0]?.refuse(new ChatError('rate-limited', 'Slow down.', 3));
    await settle();
    expect(searcher.store.state).toMatchObject({ hits: [], phase: 'idle', problem: null });
  });

  it('continues where the last page ended, once at a time', async () => {
    searcher.type('tea');
    searcher.submit();
    questions[0]?.answer({ hits: [aHit(9)], next: 'n' });
    await settle();
    void searcher.more();
    void searcher.more();
    expect(questions).toHaveLength(2);
    expect(questions[1]?.asked).toEqual(['tea', 'n', 20]);
    questions[1]?.answer({ hits: [aHit(8)] });
    await settle();
    expect(found()).toEqual([9, 8]);
    await searcher.more();
    expect(questions).toHaveLength(2);
  });

  it('keeps the hits when a further page is refused, and says why', async () => {
    searcher.type('tea');
    searcher.submit();
    questions[0]?.answer({ hits: [aHit(9)], next: 'n' });
    await settle();
    void searcher.more();
    questions[1]?.refuse(new ChatError('rate-limited', 'Slow down.', 3));
    await settle();
    expect(found()).toEqual([9]);
    expect(searcher.store.state).toMatchObject({ problem: { code: 'rate-limited' }, phase: 'idle', next: 'n' });
    expect(searcher.store.state.passesAt).toBe(Date.now() + 3_000);
  });

  it('drops hits that are gone, also from an answer that was on its way', async () => {
    searcher.type('tea');
    searcher.submit();
    searcher.gone(({ seq }) => seq === 9);
    questions[0]?.answer({ hits: [aHit(9), aHit(8, { after: aMessage(9) }), aHit(2), aHit(1)], next: 'n' });
    await settle();
    expect(found()).toEqual([8, 2, 1]);
    expect(searcher.store.state.hits[0]?.after).toBeNull();

    searcher.gone(({ seq }) => seq <= 2);
    expect(found()).toEqual([8]);
    // Asked for later, they are the server's business again.
    void searcher.more();
    questions[1]?.answer({ hits: [aHit(1)] });
    await settle();
    expect(found()).toEqual([8, 1]);
  });
});
