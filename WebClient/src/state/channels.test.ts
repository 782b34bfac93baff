import { describe, expect, it } from 'vitest';
import { aChannel, aMember, aMessage, aRange, aSnapshot, aState, seqs } from '../testing/builders';
import {
  activated, channelEvent, channelRemoved, channelsListed, connectionLost, entering, muteArrived, placesOf, snapshotArrived,
} from './channels';
import { newChannel, type Channel, type ChatState } from './chatState';
import { wentTo } from './goals';
import { unreadCount } from './reading';

const key = '@general';
const held = (state: ChatState, of = key): Channel => {
  const channel = state.channels.get(of);
  if (!channel) throw new Error(`${of} is not listed.`);
  return channel;
};
const posted = (seq: number, more = {}) => ({ type: 'posted', message: aMessage(seq, { authorId: 'bob', ...more }) }) as const;
const others = (from: number, to: number) => aRange(from, to).map((message) => ({ ...message, authorId: 'bob' }));
const resumed = (channel: Channel): ChatState => entering(aState(channel), key);

describe('snapshotArrived', () => {
  it('takes over how far the server has noted the user to have read', () => {
    const channel = held(snapshotArrived(aState(newChannel(key)), key, aSnapshot(aRange(5, 6), { hasEarlier: true })));
    expect(seqs(channel.messages)).toEqual([5, 6]);
    expect(channel).toMatchObject({ phase: 'live', incarnation: 'first life', hasEarlier: true, newAfterSeq: null });
    expect(unreadCount(channel, 'ada')).toBe(0);
  });

  it('merges what was missed, however far it overlaps with what is held', () => {
    const channel = held(snapshotArrived(resumed(aChannel(aRange(1, 3))), key, aSnapshot([...aRange(2, 3), ...others(4, 5)], { lastRead: 3 })));
    expect(seqs(channel.messages)).toEqual([1, 2, 3, 4, 5]);
    expect(channel.newAfterSeq).toBe(3);
  });

  it('leaves a gap where more was missed than the server gave', () => {
    const channel = held(snapshotArrived(resumed(aChannel(aRange(1, 2))), key, aSnapshot(aRange(8, 9), { gap: true, hasEarlier: true })));
    expect(seqs(channel.messages)).toEqual([1, 2, 8, 9]);
    expect(channel.lastSeq).toBe(9);
  });

  it('drops what is held where what should follow it is gone for good', () => {
    const channel = held(snapshotArrived(resumed(aChannel(aRange(1, 2), { hasEarlier: true })), key, aSnapshot(aRange(8, 9), { gap: true })));
    expect(seqs(channel.messages)).toEqual([8, 9]);
    expect(channel).toMatchObject({ hasEarlier: false, hasLater: false, lastSeq: 9 });
    const elsewhere = resumed(aChannel(aRange(1, 2), { lastSeq: 5 }));
    expect(seqs(held(snapshotArrived(elsewhere, key, aSnapshot(aRange(8, 9), { gap: true }))).messages)).toEqual([8, 9]);
  });

  it('only counts what came while the reader was elsewhere in the history', () => {
    const channel = held(snapshotArrived(resumed(aChannel(aRange(1, 2), { lastSeq: 7 })), key, aSnapshot(aRange(8, 9), { lastRead: 7 })));
    expect(seqs(channel.messages)).toEqual([1, 2]);
    expect(channel).toMatchObject({ lastSeq: 9, hasLater: true });
    expect(unreadCount(channel, 'ada')).toBe(2);
  });

  it('brings the reader to the first unread message, and reads nothing before they are there', () => {
    const state = snapshotArrived(entering(aState(newChannel(key)), key), key, aSnapshot(others(1, 9), { lastRead: 4 }));
    expect(held(state)).toMatchObject({ newAfterSeq: 4, goal: { kind: 'unread', seq: 5, ready: true }, readSeq: 4 });
  });

  it('shows nothing of the end to a reader who is to be brought elsewhere', () => {
    const linked = wentTo(entering(aState(newChannel(key)), key), key, 7);
    const channel = held(snapshotArrived(linked, key, aSnapshot(aRange(50, 60), { hasEarlier: true })));
    expect(channel).toMatchObject({ messages: [], hasLater: true, lastSeq: 60, goal: { kind: 'message', seq: 7, ready: false } });
  });

  it('drops everything held of a former life of the channel', () => {
    const before = aChannel(aRange(1, 9), { notices: [{ id: 1, afterSeq: 9, text: 'old' }], newAfterSeq: 4 });
    const state = { ...resumed(before), attentive: false };
    const channel = held(snapshotArrived(state, key, aSnapshot([aMessage(1, { text: 'anew', authorId: 'bob' })], { incarnation: 'second life', lastRead: 0 })));
    expect(channel.messages.map(({ text }) => text)).toEqual(['anew']);
    expect(channel).toMatchObject({ incarnation: 'second life', lastSeq: 1, notices: [], newAfterSeq: 0 });
    expect(unreadCount(channel, 'ada')).toBe(1);
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
    expect(unreadCount(channel, 'ada')).toBe(0);
    expect(channel.newAfterSeq).toBeNull();
  });
});

describe('the list of channels', () => {
  const three = aState(...['@a', '@b', '@c'].map((name) => aChannel([], { key: name, name })));

  it('lists a channel once, whatever its letter case', () => {
    const state = channelsListed(aState(), [{ name: '@General' }]);
    expect(channelsListed(state, [{ name: '@GENERAL' }])).toBe(state);
    expect(placesOf(state)).toEqual([{ name: '@General' }]);
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

describe('muteArrived', () => {
  const mute = { by: 'mod', reason: 'too loud', until: null };

  it('holds in the channels it is about, until it is lifted', () => {
    const state = muteArrived(aState(aChannel([]), aChannel([], { key: '@other', name: '@other' })), [key], mute);
    expect([held(state).mute, held(state, '@other').mute]).toEqual([mute, null]);
    expect(held(muteArrived(state, [key, '@other'], null)).mute).toBeNull();
  });

  it('is not lost to a snapshot that was on its way before it', () => {
    const state = muteArrived(resumed(aChannel(aRange(1, 1))), [key], mute);
    expect(held(snapshotArrived(state, key, aSnapshot([]))).mute).toEqual(mute);
  });
});
