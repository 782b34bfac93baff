import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aRange, aState } from '../testing/builders';
import { activated, channelEvent } from './channels';
import type { Channel, ChatState } from './chatState';
import { goalLeft } from './goals';
import {
  attentionChanged, markedRead, markedUnread, markerArrived, markerNoted, readUndone, undoLapsed, unreadCount, viewMoved,
} from './reading';

const key = '@general';
const held = (state: ChatState, of = key): Channel => {
  const channel = state.channels.get(of);
  if (!channel) throw new Error(`${of} is not listed.`);
  return channel;
};
const unread = (state: ChatState, of = key): number => unreadCount(held(state, of), 'ada');
const posted = (seq: number, more = {}) => ({ type: 'posted', message: aMessage(seq, { authorId: 'bob', ...more }) }) as const;
const others = (from: number, to: number) => aRange(from, to).map((message) => ({ ...message, authorId: 'bob' }));
const twoCame = (state: ChatState): ChatState => channelEvent(channelEvent(state, key, posted(3)), key, posted(4));
const elsewhere = aChannel([], { key: '@other', name: '@other' });
const channel = aChannel(aRange(1, 2));
/** The view has brought the reader where they were to be brought. */
const landed = (state: ChatState): ChatState => {
  const { goal } = held(state);
  return goal ? goalLeft(state, key, goal) : state;
};

describe('unread messages', () => {
  it('are counted while nobody looks, behind one line', () => {
    const state = twoCame({ ...aState(channel), attentive: false });
    expect(unread(state)).toBe(2);
    expect(held(state).newAfterSeq).toBe(2);
    const back = attentionChanged(state, true);
    expect(unread(back)).toBe(0);
    expect(held(back).newAfterSeq).toBe(2);
    expect(held(attentionChanged(back, false)).newAfterSeq).toBeNull();
  });

  it('are counted while another channel is shown, and read when the reader has come to their end', () => {
    const state = twoCame(aState(elsewhere, channel));
    expect(unread(state)).toBe(2);
    const come = activated(state, key);
    expect(held(come)).toMatchObject({ newAfterSeq: 2, goal: { kind: 'unread', seq: 3, ready: true } });
    expect(unread(viewMoved(come, key, true))).toBe(2);
    expect(unread(viewMoved(landed(come), key, false))).toBe(2);
    expect(unread(viewMoved(landed(come), key, true))).toBe(0);
  });

  it('have their first one loaded where it is not held', () => {
    const far = aChannel(aRange(50, 60), { readSeq: 10, hasEarlier: true });
    expect(held(activated(aState(elsewhere, far), key)).goal).toEqual({ kind: 'unread', seq: 11, ready: false });
  });

  it('are marked by a line that no arrival moves, until the reader leaves', () => {
    const come = viewMoved(landed(activated(twoCame(aState(elsewhere, channel)), key)), key, false);
    const more = channelEvent(come, key, posted(5));
    expect(held(more).newAfterSeq).toBe(2);
    expect(held(viewMoved(more, key, true)).newAfterSeq).toBe(2);
    const gone = activated(viewMoved(more, key, true), '@other');
    expect(held(gone).newAfterSeq).toBeNull();
    expect(held(activated(gone, key))).toMatchObject({ newAfterSeq: null, goal: null });
  });

  it('are counted while the reader is further up, and read at the end', () => {
    const state = twoCame(viewMoved(aState(channel), key, false));
    expect(unread(state)).toBe(2);
    expect(unread(viewMoved(state, key, true))).toBe(0);
  });

  it('are not read at the end of what is held, if that is not the end of the channel', () => {
    const state = aState(aChannel(aRange(1, 2), { lastSeq: 9, readSeq: 1 }));
    expect(unread(viewMoved(state, key, true))).toBe(8);
  });

  it('are none behind an own message, since whoever writes has seen the end', () => {
    const state = twoCame({ ...aState(channel), attentive: false });
    const after = channelEvent(state, key, posted(5, { authorId: 'ada' }));
    expect(unread(after)).toBe(0);
    expect(held(after)).toMatchObject({ newAfterSeq: null, readSeq: 5, notedSeq: 2 });
  });

  it('leave nothing to tell where an own message follows what was read: the server knows', () => {
    expect(held(channelEvent(aState(channel), key, posted(3, { authorId: 'ada' })))).toMatchObject({ readSeq: 3, notedSeq: 3 });
  });

  it('are those of others, as far as it is known', () => {
    const mixed = [aMessage(1), aMessage(2), ...others(3, 4), aMessage(5)];
    expect(unreadCount(aChannel(mixed, { readSeq: 1 }), 'ada')).toBe(2);
    expect(unreadCount(aChannel(mixed, { readSeq: 1, lastSeq: 9 }), 'ada')).toBe(8);
    expect(unreadCount(aChannel(mixed.slice(3), { readSeq: 1, hasEarlier: true }), 'ada')).toBe(4);
    expect(unreadCount(aChannel([aMessage(1), ...others(4, 5)], { readSeq: 1 }), 'ada')).toBe(4);
  });

  it('do not count what is gone from the server', () => {
    expect(unreadCount(aChannel(others(8, 9), { readSeq: 2 }), 'ada')).toBe(2);
  });

  it('are never fewer than none', () => {
    expect(unreadCount(aChannel([], { readSeq: 7 }), 'ada')).toBe(0);
  });
});

describe('the marker on the server', () => {
  const state = { ...aState(aChannel(others(1, 9), { readSeq: 5 })), attentive: false };

  it('raises and lowers the count, as other tabs read', () => {
    expect(unread(markerArrived(state, key, 7))).toBe(2);
    expect(unread(markerArrived(state, key, 2))).toBe(7);
    expect(held(markerArrived(state, key, 2))).toMatchObject({ readSeq: 2, notedSeq: 2 });
  });

  it('does not undo what was read here and is not told yet', () => {
    const read = viewMoved(attentionChanged(state, true), key, true);
    expect(held(read)).toMatchObject({ readSeq: 9, notedSeq: 5 });
    expect(held(markerArrived(read, key, 7))).toMatchObject({ readSeq: 9, notedSeq: 7 });
  });

  it('does not undo that something was marked unread here', () => {
    const marked = markedUnread(state, key, 3);
    expect(held(marked)).toMatchObject({ readSeq: 2, notedSeq: 5 });
    expect(held(markerArrived(marked, key, 5))).toMatchObject({ readSeq: 2, notedSeq: 5 });
  });

  it('is known once the server took it, unless it told of another since', () => {
    expect(held(markerNoted(state, key, 5, 9)).notedSeq).toBe(9);
    expect(held(markerNoted(markerArrived(state, key, 3), key, 5, 9)).notedSeq).toBe(3);
  });
});

describe('marking as unread', () => {
  const marked = markedUnread(aState(aChannel(others(1, 9)), elsewhere), key, 6);

  it('holds at the end of the channel, until the reader comes back to it', () => {
    expect(held(marked)).toMatchObject({ readSeq: 5, newAfterSeq: 5 });
    const seen = channelEvent(viewMoved(attentionChanged(attentionChanged(marked, false), true), key, true), key, posted(10));
    expect(unread(seen)).toBe(5);
    const back = landed(activated(activated(seen, '@other'), key));
    expect(unread(viewMoved(back, key, true))).toBe(0);
  });

  it('never marks anything as read', () => {
    expect(held(markedUnread(marked, key, 8)).readSeq).toBe(5);
  });

  it('ends with an own message', () => {
    expect(unread(channelEvent(marked, key, posted(10, { authorId: 'ada' })))).toBe(0);
  });
});

describe('marking as read', () => {
  const state = {
    ...aState(aChannel(others(1, 9), { readSeq: 5 }), aChannel(others(1, 3), { key: '@other', name: '@other', readSeq: 1 })),
    attentive: false,
  };
  const all = markedRead(state, state.channels.keys());

  it('reads the channels and can be taken back', () => {
    expect([unread(all), unread(all, '@other')]).toEqual([0, 0]);
    const back = readUndone(all);
    expect([unread(back), unread(back, '@other')]).toEqual([4, 2]);
    expect(back.undo).toBeNull();
    expect(unread(viewMoved(attentionChanged(back, true), key, true))).toBe(4);
  });

  it('can be taken back for a while only', () => {
    expect(undoLapsed(all, all.undo?.id ?? 0).undo).toBeNull();
    const again = markedRead(channelEvent(all, key, posted(10)), [key]);
    expect(undoLapsed(again, all.undo?.id ?? 0)).toBe(again);
  });

  it('takes nothing back in another life of the channel', () => {
    const anew = { ...all, channels: new Map(all.channels).set(key, { ...held(all), incarnation: 'second life' }) };
    expect(unread(readUndone(anew))).toBe(0);
  });

  it('is nothing where nothing is unread', () => {
    expect(markedRead(all, all.channels.keys())).toBe(all);
  });
});
