import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelEvent, channelsListed } from '../state/channels';
import { withChannel } from '../state/chatState';
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

describe('entering', () => {
  it('joins a channel the session has not been in, and tells what it found', async () => {
    await stage.connect();
    await stage.enter('@General');
    expect(stage.calls).toEqual([['Join', '@General']]);
    expect(stage.channel).toMatchObject({ phase: 'live', lastSeq: 3 });
    expect(stage.entered).toHaveBeenCalledExactlyOnceWith(key, aSnapshot(aRange(1, 3)));
    expect(stage.sync.isLive(key)).toBe(true);
  });

  it('waits for the connection', async () => {
    await stage.enter();
    expect(stage.calls).toEqual([]);
    expect(stage.sync.isLive(key)).toBe(false);
    await stage.connect();
    expect(stage.calls).toEqual([['Join', key]]);
  });

  it('asks once for a channel that is entered already', async () => {
    await stage.connect();
    await stage.enter();
    await stage.enter('@GENERAL');
    expect(stage.calls).toHaveLength(1);
  });

  it('begins with the channel on the screen', async () => {
    const places = ['@a', '@b', '@c'].map((name) => ({ name }));
    stage.store.update((state) => ({ ...channelsListed(state, places), active: '@b' }));
    await stage.connect();
    expect(stage.calls).toEqual([['Join', '@b'], ['Join', '@a'], ['Join', '@c']]);
  });

  it('resumes from the beginning what the session was in before a reload', async () => {
    stage.sync.begin([key]);
    await stage.enter();
    await stage.connect();
    expect(stage.calls).toEqual([['Resume', key, 0]]);
  });
});

describe('after a reconnect', () => {
  beforeEach(async () => {
    await stage.connect();
    await stage.enter();
    stage.calls.length = 0;
    stage.sync.detach();
  });

  it('resumes behind the last seq, counting what came live', async () => {
    stage.store.update((state) => channelEvent(state, key, { type: 'posted', message: aMessage(4) }));
    stage.answer = async () => aSnapshot(aRange(5, 6));
    await stage.connect();
    expect(stage.calls).toEqual([['Resume', key, 4]]);
    expect(seqs(stage.channel?.messages)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('joins if the channel was opened anew meanwhile, since the seqs are others', async () => {
    stage.answer = async (method) =>
      aSnapshot(method === 'Join' ? aRange(1, 9) : aRange(4, 9), { incarnation: 'second life' });
    await stage.connect();
    expect(stage.calls).toEqual([['Resume', key, 3], ['Join', key]]);
    expect(seqs(stage.channel?.messages)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(stage.channel?.incarnation).toBe('second life');
  });

  it('joins anew what was left, and asks nothing for it before', async () => {
    await stage.sync.leave(key);
    await stage.connect();
    expect(stage.calls).toEqual([]);
    await stage.enter();
    expect(stage.calls).toEqual([['Join', key]]);
  });

  it('does not take an answer to the former connection for one to the new', async () => {
    let answerLate: (snapshot: unknown) => void = () => undefined;
    stage.answer = () => new Promise((resolve) => {
      answerLate = resolve;
    });
    await stage.connect();
    stage.sync.detach();
    answerLate(aSnapshot(aRange(4, 5)));
    await settle();
    expect(seqs(stage.channel?.messages)).toEqual([1, 2, 3]);
    expect(stage.channel?.phase).toBe('entering');
  });
});

describe('a refusal', () => {
  it('by a rule is shown and not repeated until somebody asks for it', async () => {
    await stage.connect();
    stage.answer = () => Promise.reject(new ChatError('limit-reached', 'Too many channels.'));
    await stage.enter();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(stage.calls).toHaveLength(1);
    expect(stage.channel).toMatchObject({ phase: 'refused', refusal: { code: 'limit-reached', detail: 'Too many channels.' } });
    stage.answer = async () => aSnapshot(aRange(1, 3));
    await stage.enter();
    expect(stage.channel).toMatchObject({ phase: 'live', refusal: null });
  });

  it('that passes is waited out, no shorter than the server asks', async () => {
    await stage.connect();
    stage.answer = () => Promise.reject(new ChatError('rate-limited', 'Not so fast.', 5));
    await stage.enter();
    stage.answer = async () => aSnapshot(aRange(1, 3));
    await vi.advanceTimersByTimeAsync(4_999);
    expect(stage.calls).toHaveLength(1);
    expect(stage.channel?.phase).toBe('entering');
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.calls).toEqual([['Join', key], ['Join', key]]);
    expect(stage.channel?.phase).toBe('live');
  });
});

describe('paging', () => {
  beforeEach(async () => {
    stage.answer = async () => aSnapshot(aRange(150, 152), { hasEarlier: true });
    await stage.connect();
    await stage.enter();
    stage.calls.length = 0;
    stage.answer = async () => aPage(aRange(50, 149), { hasEarlier: true, hasLater: true });
  });

  it('asks for what is before the first message held, once at a time', async () => {
    const first = stage.sync.loadEarlier(key);
    expect(stage.channel?.loading).toBe(true);
    await stage.sync.loadEarlier(key);
    await first;
    expect(stage.calls).toEqual([['History', key, 150, 100]]);
    expect(stage.channel).toMatchObject({ loading: false, hasEarlier: true, hasLater: false });
    expect(stage.channel?.messages[0]?.seq).toBe(50);
  });

  it('asks for what is behind the last message held', async () => {
    stage.store.update((state) => withChannel(state, key, (channel) => ({ ...channel, messages: aRange(1, 10), hasLater: true })));
    stage.answer = async () => aPage(aRange(11, 110), { hasEarlier: true, hasLater: true });
    await stage.sync.loadLater(key);
    expect(stage.calls).toEqual([['HistoryAfter', key, 10, 100]]);
    expect(stage.channel?.messages.at(-1)?.seq).toBe(110);
    expect(stage.channel?.hasLater).toBe(true);
  });

  it('fills a gap from its beginning or from its end', async () => {
    await stage.sync.loadGap(key, 1_000, 500, 'after');
    await stage.sync.loadGap(key, 1_000, 500, 'before');
    await stage.sync.loadGap(key, 1_000, 30, 'before');
    expect(stage.calls).toEqual([['HistoryAfter', key, 499, 200], ['History', key, 1_000, 200], ['History', key, 1_000, 30]]);
  });

  it('shows a page in parts, from what is held outwards, one in each frame', async () => {
    const frames: (() => void)[] = [];
    stage.frame = () => new Promise((resolve) => frames.push(resolve));
    const loaded = stage.sync.loadEarlier(key);
    await settle();
    expect(stage.channel).toMatchObject({ loading: true, hasEarlier: true });
    expect(stage.channel?.messages[0]?.seq).toBe(142);
    const starts: (number | undefined)[] = [];
    for (let next = frames.shift(); next; next = frames.shift()) {
      next();
      await settle();
      starts.push(stage.channel?.messages[0]?.seq);
    }
    await loaded;
    expect(starts).toEqual([...Array.from({ length: 11 }, (_, i) => 134 - 8 * i), 50]);
    expect(stage.channel).toMatchObject({ loading: false, hasEarlier: true, hasLater: false });
  });

  it('puts right what changed while parts of the page were still to come', async () => {
    const frames: (() => void)[] = [];
    stage.frame = () => new Promise((resolve) => frames.push(resolve));
    void stage.sync.loadEarlier(key);
    await settle();
    stage.store.update((state) => channelEvent(state, key, { type: 'revised', message: aMessage(60, { text: 'new', rev: 9 }) }));
    for (let next = frames.shift(); next; next = frames.shift()) {
      next();
      await settle();
    }
    expect(stage.channel?.messages.find(({ seq }) => seq === 60)?.text).toBe('new');
    expect(stage.channel?.unplaced).toEqual([]);
  });

  it.each([
    ['the reader goes elsewhere', 300, () => stage.sync.goToEnd(key)],
    ['the connection goes', 142, () => stage.sync.detach()],
  ])('leaves out what is not shown yet when %s', async (_, first, happens) => {
    let next = (): void => undefined;
    stage.frame = () => new Promise((resolve) => (next = resolve));
    stage.store.update((state) => withChannel(state, key, (channel) => ({ ...channel, hasLater: true })));
    void stage.sync.loadEarlier(key);
    await settle();
    expect(stage.channel?.messages[0]?.seq).toBe(142);
    stage.answer = async () => aPage(aRange(300, 310));
    happens();
    await settle();
    next();
    await settle();
    expect(stage.channel).toMatchObject({ loading: false });
    expect(stage.channel?.messages[0]?.seq).toBe(first);
  });

  it('may be tried again after a failure', async () => {
    stage.answer = () => Promise.reject(new ChatError('unreachable'));
    await stage.sync.loadEarlier(key);
    expect(stage.channel).toMatchObject({ loading: false, phase: 'live' });
  });
});
