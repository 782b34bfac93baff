import { describe, expect, it } from 'vitest';
import { aChannel, aMember, aMessage, aRange, aSnapshot, aState, seqs } from '../testing/builders';
import {
  activated, attentionChanged, channelEvent, channelRemoved, channelsListed, connectionLost, entering, placesMerged, placesOf,
  snapshotArrived, unreadCount, viewMoved,
} from './channels';
import { newChannel, type Channel, type ChatState } from './chatState';

const key = '@general';
const held = (state: ChatState, of = key): Channel => {
  const channel = state.channels.get(of);
  if (!channel) throw new Error(`${of} is not listed.`);
  return channel;
};
const posted = (seq: number, more = {}) => ({ type: 'posted', message: aMessage(seq, { authorId: 'bob', ...more }) }) as const;
const resumed = (channel: Channel): ChatState => entering(aState(channel), key);

describe('snapshotArrived', () => {
  it('counts what was there before the first visit as read', () => {
    const channel = held(snapshotArrived(aState(newChannel(key)), key, aSnapshot(aRange(5, 6), { hasEarlier: true })));
    expect(seqs(channel.messages)).toEqual([5, 6]);
    expect(channel).toMatchObject({ phase: 'live', incarnation: 'first life', hasEarlier: true, newAfterSeq: null });
    expect(unreadCount(channel)).toBe(0);
  });

  it('merges what was missed, however far it overlaps with what is held', () => {
    const channel = held(snapshotArrived(resumed(aChannel(aRange(1, 3))), key, aSnapshot(aRange(2, 5))));
    expect(seqs(channel.messages)).toEqual([1, 2, 3, 4, 5]);
    expect(channel.newAfterSeq).toBe(3);
  });

  it('leaves a gap where more was missed than the server gave', () => {
    const channel = held(snapshotArrived(resumed(aChannel(aRange(1, 2))), key, aSnapshot(aRange(8, 9), { gap: true })));
    expect(seqs(channel.messages)).toEqual([1, 2, 8, 9]);
    expect(channel.lastSeq).toBe(9);
  });

  it('drops everything held of a former life of the channel', () => {
    const before = aChannel(aRange(1, 9), { notices: [{ id: 1, afterSeq: 9, text: 'old' }], newAfterSeq: 4 });
    const state = { ...resumed(before), attentive: false };
    const channel = held(snapshotArrived(state, key, aSnapshot([aMessage(1, { text: 'anew' })], { incarnation: 'second life' })));
    expect(channel.messages.map(({ text }) => text)).toEqual(['anew']);
    expect(channel).toMatchObject({ incarnation: 'second life', lastSeq: 1, notices: [], newAfterSeq: 0 });
    expect(unreadCount(channel)).toBe(1);
  });

  it('applies the events that came before it, each message once', () => {
    let state = entering(aState(newChannel(key)), key);
    state = channelEvent(state, key, posted(2));
    state = channelEvent(state, key, posted(3));
    state = channelEvent(state, key, { type: 'joined', member: aMember('bob') });
    expect(held(state).messages).toEqual([]);
    const channel = held(snapshotArrived(state, key, aSnapshot(aRange(1, 2), { members: [aMember('ada')] })));
    expect(seqs(channel.messages)).toEqual([1, 2, 3]);
    expect(channel.members.map(({ id }) => id)).toEqual(['ada', 'bob']);
    expect(channel.early).toEqual([]);
  });

  it('does not bring a channel back that was left meanwhile', () => {
    expect(snapshotArrived(aState(), key, aSnapshot(aRange(1, 2))).channels.size).toBe(0);
  });
});

describe('channelEvent', () => {
  it('keeps members by id: in once, changed in place, out', () => {
    let state = aState(aChannel([]));
    for (const id of ['ada', 'bob', 'ada']) state = channelEvent(state, key, { type: 'joined', member: aMember(id) });
    state = channelEvent(state, key, { type: 'changed', member: aMember('ada', { presence: 'late' }) });
    expect(held(state).members).toEqual([aMember('ada', { presence: 'late' }), aMember('bob')]);
    state = channelEvent(state, key, { type: 'changed', member: aMember('eve') });
    state = channelEvent(state, key, { type: 'left', memberId: 'ada' });
    expect(held(state).members).toEqual([aMember('bob')]);
  });

  it('reads a message that is looked at at once', () => {
    const channel = held(channelEvent(aState(aChannel(aRange(1, 2))), key, posted(3)));
    expect(unreadCount(channel)).toBe(0);
    expect(channel.newAfterSeq).toBeNull();
  });
});

describe('unread messages', () => {
  const twoCame = (state: ChatState): ChatState => channelEvent(channelEvent(state, key, posted(3)), key, posted(4));
  const channel = aChannel(aRange(1, 2));

  it('are counted while nobody looks, behind one line', () => {
    const state = twoCame({ ...aState(channel), attentive: false });
    expect(unreadCount(held(state))).toBe(2);
    expect(held(state).newAfterSeq).toBe(2);
    const back = attentionChanged(state, true);
    expect(unreadCount(held(back))).toBe(0);
    expect(held(back).newAfterSeq).toBe(2);
    expect(held(attentionChanged(back, false)).newAfterSeq).toBeNull();
  });

  it('are counted while another channel is shown, and read when the reader comes', () => {
    const state = twoCame(aState(aChannel([], { key: '@other', name: '@other' }), channel));
    expect(unreadCount(held(state))).toBe(2);
    expect(unreadCount(held(viewMoved(activated(state, key), key, true)))).toBe(0);
  });

  it('are counted while the reader is further up, and read at the end', () => {
    const state = twoCame(viewMoved(aState(channel), key, false));
    expect(unreadCount(held(state))).toBe(2);
    expect(unreadCount(held(viewMoved(state, key, true)))).toBe(0);
  });

  it('are none behind an own message, since whoever writes has seen the end', () => {
    const state = twoCame({ ...aState(channel), attentive: false });
    const after = held(channelEvent(state, key, posted(5, { authorId: 'ada' })));
    expect(unreadCount(after)).toBe(0);
    expect(after.newAfterSeq).toBeNull();
  });

  it('are none once another tab read them, but only of the same life of the channel', () => {
    const state = twoCame({ ...aState(channel), attentive: false });
    const merged = (incarnation: string, readSeq: number): number =>
      unreadCount(held(placesMerged(state, [{ name: '@General', incarnation, readSeq }])));
    expect(merged('first life', 3)).toBe(1);
    expect(merged('first life', 1)).toBe(2);
    expect(merged('other life', 4)).toBe(2);
  });

  it('are never fewer than none', () => {
    expect(unreadCount(aChannel([], { readSeq: 7 }))).toBe(0);
  });
});

describe('the list of channels', () => {
  const three = aState(...['@a', '@b', '@c'].map((name) => aChannel([], { key: name, name })));

  it('lists a channel once, whatever its letter case, and remembers where it was read to', () => {
    const state = channelsListed(aState(), [{ name: '@General', incarnation: 'first life', readSeq: 4 }]);
    expect(channelsListed(state, [{ name: '@GENERAL', incarnation: null, readSeq: 0 }])).toBe(state);
    expect(placesOf(state)).toEqual([{ name: '@General', incarnation: 'first life', readSeq: 4 }]);
  });

  it('shows the next channel when the shown one is left, or the one before, or none', () => {
    expect(channelRemoved(activated(three, '@b'), '@b').active).toBe('@c');
    expect(channelRemoved(activated(three, '@c'), '@c').active).toBe('@b');
    expect(channelRemoved(three, '@b').active).toBe('@a');
    expect(channelRemoved(aState(newChannel('@a')), '@a').active).toBeNull();
  });

  it('shows no channel that is not listed', () => {
    expect(activated(three, '@d')).toBe(three);
  });

  it('waits for a snapshot again after a loss, except where the reader was refused', () => {
    const state = connectionLost(aState(aChannel(aRange(1, 2)), aChannel([], { key: '@no', name: '@no', phase: 'refused' })));
    expect(held(state)).toMatchObject({ phase: 'entering', lastSeq: 2 });
    expect(held(state, '@no').phase).toBe('refused');
  });
});
