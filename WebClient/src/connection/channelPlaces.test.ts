import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activated, channelEvent, connectionLost } from '../state/channels';
import { withChannel } from '../state/chatState';
import { wentTo } from '../state/goals';
import { aMessage, aPage, aRange, aSnapshot, seqs } from '../testing/builders';
import { key, settle, SyncStage } from '../testing/syncStage';
import { ChatError } from './chatError';

let stage: SyncStage;
beforeEach(() => {
  vi.useFakeTimers();
  stage = new SyncStage();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the way to a place', () => {
  const goTo = async (seq: number): Promise<void> => {
    stage.store.update((state) => wentTo(state, key, seq));
    stage.sync.reachGoal();
    await settle();
  };

  beforeEach(async () => {
    stage.answer = async () => aSnapshot(aRange(150, 152), { hasEarlier: true });
    await stage.connect();
    await stage.enter();
    stage.store.update((state) => activated(state, key));
    stage.calls.length = 0;
  });

  it('asks nothing for a message that is held', async () => {
    await goTo(151);
    expect(stage.calls).toEqual([]);
    expect(stage.channel?.goal).toEqual({ kind: 'message', seq: 151, ready: true });
  });

  it('loads the surroundings of a message in place of what is held', async () => {
    stage.answer = async () => aPage(aRange(1, 90), { hasLater: true });
    await goTo(40);
    expect(stage.calls).toEqual([['HistoryAround', key, 40, 100]]);
    expect(seqs(stage.channel?.messages)).toEqual(seqs(aRange(1, 90)));
    expect(stage.channel).toMatchObject({ hasEarlier: false, hasLater: true, goal: { ready: true }, missingSeq: null });
  });

  it('says that a message is missing, and shows the nearest place', async () => {
    stage.answer = async () => aPage(aRange(60, 90), { hasLater: true });
    await goTo(40);
    expect(stage.channel).toMatchObject({ missingSeq: 40, goal: { ready: true } });
    await goTo(999);
    expect(stage.calls).toHaveLength(2);
    stage.answer = async () => aPage(aRange(60, 152));
    stage.sync.goToEnd(key);
    await settle();
    expect(stage.channel).toMatchObject({ missingSeq: null, hasLater: false });
  });

  it('of a message not yet written is the end', async () => {
    await goTo(999);
    expect(stage.calls).toEqual([]);
    expect(stage.channel).toMatchObject({ missingSeq: 999, goal: { ready: true } });
  });

  it('is taken up again after a reconnect', async () => {
    stage.answer = () => Promise.reject(new ChatError('unreachable'));
    await goTo(40);
    stage.sync.detach();
    stage.store.update(connectionLost);
    stage.answer = async (method) => (method === 'Resume' ? aSnapshot([], { lastSeq: 152, lastRead: 152 }) : aPage(aRange(30, 50), { hasLater: true }));
    await stage.connect();
    expect(stage.calls.slice(-2)).toEqual([['Resume', key, 152], ['HistoryAround', key, 40, 100]]);
    expect(stage.channel?.goal?.ready).toBe(true);
  });

  it('ends where the server refuses it', async () => {
    stage.answer = () => Promise.reject(new ChatError('rate-limited', 'Not so fast.', 5));
    await goTo(40);
    expect(stage.channel).toMatchObject({ goal: null, phase: 'live' });
    expect(seqs(stage.channel?.messages)).toEqual([150, 151, 152]);
  });

  it('drops a page that was asked for before everything held was replaced', async () => {
    let answerLate: (page: unknown) => void = () => undefined;
    stage.answer = (method) =>
      method === 'History' ? new Promise((resolve) => (answerLate = resolve)) : Promise.resolve(aPage(aRange(30, 50), { hasLater: true }));
    void stage.sync.loadEarlier(key);
    await goTo(40);
    answerLate(aPage(aRange(100, 149), { hasEarlier: true, hasLater: true }));
    await settle();
    expect(seqs(stage.channel?.messages)).toEqual(seqs(aRange(30, 50)));
    expect(stage.channel?.loading).toBe(false);
  });

  it('goes after an end that moves on meanwhile', async () => {
    stage.store.update((state) => withChannel(state, key, (channel) => ({ ...channel, messages: aRange(1, 10), hasLater: true })));
    let end = 152;
    stage.answer = async () => {
      if (end === 152) stage.store.update((state) => channelEvent(state, key, { type: 'posted', message: aMessage(153) }));
      return aPage(aRange(100, end++), { hasEarlier: true });
    };
    stage.sync.goToEnd(key);
    await settle();
    expect(stage.calls).toHaveLength(2);
    expect(stage.channel).toMatchObject({ hasLater: false, lastSeq: 153, goal: { kind: 'end', ready: true } });
  });

  it('goes after it no longer than a few times', async () => {
    stage.store.update((state) => withChannel(state, key, (channel) => ({ ...channel, hasLater: true })));
    stage.answer = async () => aPage(aRange(100, 152), { hasLater: true });
    stage.sync.goToEnd(key);
    await settle();
    expect(stage.calls).toHaveLength(4);
    expect(stage.channel).toMatchObject({ goal: null, hasLater: true });
  });
});
