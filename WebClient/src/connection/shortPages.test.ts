import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activated, channelEvent } from '../state/channels';
import { wentTo } from '../state/goals';
import { aMessage, aPage, aRange, aSnapshot, seqs } from '../testing/builders';
import { key, settle, SyncStage } from '../testing/syncStage';
import type { HistoryPage } from './contract';

/** A server whose channel has 40 messages, so long that an answer holds three of them. */
const last = 40;
const most = 3;

const answerTo = (from: number, to: number): HistoryPage => aPage(aRange(from, to), { hasEarlier: from > 1, hasLater: to < last });

const server = async (method: string, [, seq]: readonly unknown[]): Promise<unknown> => {
  const at = Number(seq);
  if (method === 'Join') return aSnapshot(aRange(last - most + 1, last), { hasEarlier: true });
  if (method === 'Resume') return aSnapshot(aRange(last - most + 1, last), { hasEarlier: true, gap: at > 0 && at < last - most, rev: 9 });
  if (method === 'Changes') return { channel: key, messages: [], rev: 9, gap: true };
  if (method === 'HistoryAfter') return answerTo(at + 1, Math.min(at + most, last));
  if (method === 'HistoryAround') return answerTo(at - 1, at + 1);
  return answerTo(Math.max(1, Math.min(at, last + 1) - most), Math.min(at, last + 1) - 1);
};

let stage: SyncStage;
beforeEach(async () => {
  vi.useFakeTimers();
  stage = new SyncStage();
  stage.answer = server;
  await stage.connect();
  await stage.enter();
  stage.store.update((state) => activated(state, key));
  stage.calls.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

const all = (from: number, to: number): number[] => seqs(aRange(from, to));

describe('a page that is shorter than was asked for', () => {
  it('is not taken for the beginning: more is asked for until there is none', async () => {
    while (stage.channel?.hasEarlier) await stage.sync.loadEarlier(key);
    expect(seqs(stage.channel?.messages)).toEqual(all(1, last));
    expect(stage.calls).toHaveLength(13);
  });

  it('holds the place that was wanted, and leads on from there to both sides', async () => {
    stage.store.update((state) => wentTo(state, key, 20));
    stage.sync.reachGoal();
    await settle();
    expect(stage.channel).toMatchObject({ goal: { seq: 20, ready: true }, missingSeq: null, hasEarlier: true, hasLater: true });
    await stage.sync.loadEarlier(key);
    while (stage.channel?.hasLater) await stage.sync.loadLater(key);
    expect(seqs(stage.channel?.messages)).toEqual(all(16, last));
  });

  it('is not taken for the end: the newest messages come when the reader goes there', async () => {
    stage.store.update((state) => wentTo(state, key, 5));
    stage.sync.reachGoal();
    await settle();
    stage.sync.goToEnd(key);
    await settle();
    expect(seqs(stage.channel?.messages)).toEqual(all(last - most + 1, last));
    expect(stage.channel).toMatchObject({ hasEarlier: true, hasLater: false, goal: { kind: 'end', ready: true } });
  });

  it('leaves the rest of a gap, which further pages fill from either side', async () => {
    stage.store.update((state) => wentTo(state, key, 30));
    stage.sync.reachGoal();
    await settle();
    while (stage.channel?.hasLater) await stage.sync.loadLater(key);
    stage.sync.detach();
    stage.answer = async (method, args) => (method === 'Resume' ? aSnapshot(aRange(58, 60), { hasEarlier: true, gap: true }) : server(method, args));
    await stage.connect();
    expect(seqs(stage.channel?.messages)).toEqual([...all(29, last), 58, 59, 60]);
    stage.answer = async (method, args) =>
      method === 'History' ? aPage(aRange(Number(args[1]) - most, Number(args[1]) - 1), { hasEarlier: true, hasLater: true }) : aPage(aRange(41, 43), { hasEarlier: true, hasLater: true });
    await stage.sync.loadGap(key, 58, 17, 'before');
    await stage.sync.loadGap(key, 55, 14, 'after');
    expect(seqs(stage.channel?.messages)).toEqual([...all(29, 43), ...all(55, 60)]);
    expect(stage.channel).toMatchObject({ hasEarlier: true, hasLater: false });
  });

  it('is followed by others until all that is held is up to date', async () => {
    while (stage.channel?.hasEarlier) await stage.sync.loadEarlier(key);
    stage.store.update((state) => channelEvent(state, key, { type: 'revised', message: aMessage(last, { rev: 1 }) }));
    stage.sync.detach();
    stage.calls.length = 0;
    await stage.connect();
    await settle();
    const asked = stage.calls.filter(([method]) => method === 'HistoryAfter').map(([, , after]) => after);
    expect(asked).toEqual(Array.from({ length: 14 }, (_, i) => i * most));
  });
});
