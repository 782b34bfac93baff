import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { activated, channelEvent } from '../state/channels';
import type { Channel, ChatState } from '../state/chatState';
import { attentionChanged, markerArrived, unreadCount, viewMoved } from '../state/reading';
import { Store } from '../state/store';
import { aChannel, aMessage, aRange, aState } from '../testing/builders';
import { aLink } from '../testing/link';
import { ChatError } from './chatError';
import { ReadMarks } from './readMarks';

const key = '@general';
const settle = async (): Promise<void> => void (await vi.advanceTimersByTimeAsync(0));

class Stage {
  readonly store: Store<ChatState>;
  readonly marks: ReadMarks;
  readonly calls: (readonly unknown[])[] = [];
  answer: () => Promise<unknown> = async () => undefined;

  constructor() {
    this.store = new Store(aState(aChannel(aRange(1, 3)), aChannel([], { key: '@other', name: '@other' })));
    this.marks = new ReadMarks(this.store);
    this.connect();
  }

  connect(): void {
    this.marks.attach(aLink((method, args) => {
      this.calls.push([method, ...args]);
      return this.answer();
    }));
  }

  /** A message of somebody else comes and is read at once. */
  read(seq: number): void {
    this.store.update((state) => channelEvent(state, key, { type: 'posted', message: aMessage(seq, { authorId: 'bob' }) }));
  }

  get channel(): Channel {
    return this.store.state.channels.get(key) ?? aChannel([]);
  }
}

let stage: Stage;
beforeEach(() => {
  vi.useFakeTimers();
  stage = new Stage();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the marker', () => {
  it('is told at once, then at most every second, the last one', async () => {
    for (const seq of [4, 5, 6]) stage.read(seq);
    await settle();
    expect(stage.calls).toEqual([['MarkRead', key, 4]]);
    await vi.advanceTimersByTimeAsync(999);
    expect(stage.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.calls).toEqual([['MarkRead', key, 4], ['MarkRead', key, 6]]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stage.calls).toHaveLength(2);
  });

  it.each([
    ['the reader goes to another channel', (state: ChatState) => activated(state, '@other')],
    ['the page goes out of sight', (state: ChatState) => attentionChanged(state, false)],
  ])('is told without delay when %s', async (_, go) => {
    stage.read(4);
    await settle();
    stage.read(5);
    stage.store.update(go);
    await settle();
    expect(stage.calls).toEqual([['MarkRead', key, 4], ['MarkRead', key, 5]]);
  });

  it('waits for the connection', async () => {
    stage.marks.detach();
    stage.read(4);
    await settle();
    expect(stage.calls).toEqual([]);
    stage.connect();
    await settle();
    expect(stage.calls).toEqual([['MarkRead', key, 4]]);
  });

  it('is told again after a limit has passed', async () => {
    stage.answer = () => Promise.reject(new ChatError('rate-limited', 'Slow down.', 4));
    stage.read(4);
    await settle();
    stage.answer = async () => undefined;
    await vi.advanceTimersByTimeAsync(3_999);
    expect(stage.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(stage.calls).toHaveLength(2);
  });

  it('is not told again where the server will not have it', async () => {
    stage.answer = () => Promise.reject(new ChatError('not-a-member'));
    stage.read(4);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stage.calls).toHaveLength(1);
  });

  it('that the server told of is not told back', async () => {
    stage.store.update((state) => markerArrived(viewMoved(state, key, false), key, 2));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(stage.calls).toEqual([]);
  });

  it('goes back when a message is marked as unread, behind what was to be told before', async () => {
    stage.read(4);
    stage.marks.markUnread(key, 3);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.calls).toEqual([['MarkRead', key, 4], ['MarkUnread', key, 3]]);
    expect(stage.channel).toMatchObject({ readSeq: 2, notedSeq: 2 });
  });
});

describe('marking as read', () => {
  const unread = (): number => unreadCount(stage.channel, 'ada');

  beforeEach(async () => {
    stage.store.update((state) => viewMoved(state, key, false));
    stage.read(4);
    await settle();
  });

  it('tells all channels, and can be taken back for ten seconds', async () => {
    stage.marks.markAllRead();
    await settle();
    expect(stage.calls).toEqual([['MarkRead', key, 4]]);
    await vi.advanceTimersByTimeAsync(9_999);
    expect(stage.store.state.undo).not.toBeNull();
    stage.marks.undo();
    await vi.advanceTimersByTimeAsync(0);
    expect(stage.calls.at(-1)).toEqual(['MarkUnread', key, 4]);
    expect(unread()).toBe(1);
  });

  it('cannot be taken back after that', async () => {
    stage.marks.markRead(key);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(stage.store.state.undo).toBeNull();
    stage.marks.undo();
    expect(unread()).toBe(0);
  });
});
