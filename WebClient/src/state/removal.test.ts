import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aPage, aRange, aSnapshot, aState, seqs } from '../testing/builders';
import { channelEvent, entering, pageArrived, snapshotArrived } from './channels';
import type { Channel, ChatState } from './chatState';
import { unreadCount } from './reading';
import { removed } from './removal';
import { rowsOf } from './rows';

const key = '@general';
const told = (state: ChatState, throughSeq: number): ChatState => channelEvent(state, key, { type: 'removed', throughSeq });
const channelOf = (state: ChatState): Channel => state.channels.get(key) as Channel;
const kinds = (channel: Channel): string[] => rowsOf(channel, [], 'ada').map(({ kind }) => kind);

describe('messages that are removed for good', () => {
  it('go from the page at once, without a hole in their place', () => {
    const channel = channelOf(told(aState(aChannel(aRange(1, 10))), 7));
    expect(seqs(channel.messages)).toEqual([8, 9, 10]);
    expect(channel.hasEarlier).toBe(false);
    expect(kinds(channel)).not.toContain('gap');
    expect(channelOf(told(aState(aChannel(aRange(9, 10), { hasEarlier: true })), 7))).toMatchObject({ hasEarlier: true });
  });

  it('may be all there are', () => {
    const channel = channelOf(told(aState(aChannel(aRange(1, 3), { readSeq: 1, newAfterSeq: 1 })), 3));
    expect(channel).toMatchObject({ messages: [], hasEarlier: false, hasLater: false, newAfterSeq: null, lastSeq: 3 });
    expect(unreadCount(channel, 'ada')).toBe(0);
    expect(seqs(channelOf(channelEvent(aState(channel), key, { type: 'posted', message: aMessage(4) })).messages)).toEqual([4]);
  });

  it('leave a hole where something else is still missing', () => {
    const channel = channelOf(told(aState(aChannel([...aRange(1, 3), ...aRange(20, 21)])), 10));
    expect(seqs(channel.messages)).toEqual([20, 21]);
    expect(channel.hasEarlier).toBe(true);
  });

  it('are unread no more, and the line moves to what is left', () => {
    const channel = channelOf(told(aState(aChannel(aRange(1, 10), { readSeq: 2, newAfterSeq: 2 })), 5));
    expect(unreadCount(channel, 'someone')).toBe(5);
    expect(channel).toMatchObject({ readSeq: 5, newAfterSeq: 5 });
    expect(kinds(channel).indexOf('new')).toBe(1);
  });

  it('do not come back with a page that was on its way, nor as an event', () => {
    const state = told(aState(aChannel(aRange(8, 10), { hasEarlier: true })), 5);
    const after = channelOf(pageArrived(state, key, aPage(aRange(3, 7), { hasEarlier: true }), { side: 'before', seq: 8, lastSeq: 10 }));
    expect(seqs(after.messages)).toEqual([6, 7, 8, 9, 10]);
    expect(after.hasEarlier).toBe(false);
    const late = channelOf(channelEvent(told(aState(aChannel([])), 2), key, { type: 'posted', message: aMessage(2) }));
    expect(late.messages).toEqual([]);
  });

  it('are told of by the snapshot after an absence', () => {
    const state = entering(aState(aChannel(aRange(1, 10))), key);
    const channel = channelOf(snapshotArrived(state, key, aSnapshot([], { lastSeq: 10, firstSeq: 8, lastRead: 10 })));
    expect(seqs(channel.messages)).toEqual([8, 9, 10]);
  });

  it('are answered and edited no more', () => {
    const channel = aChannel(aRange(1, 10), { composing: { kind: 'reply', seq: 4 } });
    expect(removed(channel, 3).composing).not.toBeNull();
    expect(removed(channel, 4).composing).toBeNull();
    const gone = removed(channel, 4);
    expect(removed(gone, 2)).toBe(gone);
  });
});
