import { describe, expect, it } from 'vitest';
import type { Message } from '../connection/contract';
import { aChannel, aMember, aMessage, aPage, aRange, aSnapshot, aState, seqs } from '../testing/builders';
import { channelEvent, entering, pageArrived, snapshotArrived, connectionLost } from './channels';
import { withChannel, type Channel, type ChatState } from './chatState';
import { goalArrived, wentTo } from './goals';
import { changesArrived, composingChanged, lastOwn, revised } from './revisions';
import { rowsOf } from './rows';
import { typingBegan, typingEnded, typingNames } from './typing';

const key = '@general';
const held = (state: ChatState): Channel => {
  const channel = state.channels.get(key);
  if (!channel) throw new Error('Not listed.');
  return channel;
};
const texts = (state: ChatState): string[] => held(state).messages.map(({ text }) => text);
const change = (state: ChatState, message: Message): ChatState => channelEvent(state, key, { type: 'revised', message });
const state = aState(aChannel(aRange(1, 3)));

describe('a changed message', () => {
  it('takes the place of the one held if its revision is newer, and only then', () => {
    const once = change(state, aMessage(2, { text: 'second', rev: 5 }));
    expect(texts(once)).toEqual(['text 1', 'second', 'text 3']);
    expect(held(once).rev).toBe(5);
    expect(texts(change(once, aMessage(2, { text: 'older', rev: 4 })))).toEqual(['text 1', 'second', 'text 3']);
    expect(held(once).messages[0]).toBe(held(state).messages[0]);
  });

  it('that is not held counts for the revision alone', () => {
    const after = change(state, aMessage(9, { rev: 5 }));
    expect(seqs(held(after).messages)).toEqual([1, 2, 3]);
    expect(held(after)).toMatchObject({ rev: 5, lastSeq: 3, unplaced: [] });
  });

  it('that comes before the snapshot is applied behind it', () => {
    const waiting = change(entering(state, key), aMessage(4, { text: 'later', rev: 8 }));
    const entered = snapshotArrived(waiting, key, aSnapshot([aMessage(4, { text: 'earlier' })], { rev: 7 }));
    expect(texts(entered).at(-1)).toBe('later');
    expect(held(entered).rev).toBe(8);
  });

  it('is right in a page that was on its way and has it in an older state', () => {
    const loading = withChannel(state, key, (channel) => ({ ...channel, messages: aRange(10, 12), hasEarlier: true, loading: true }));
    const paged = pageArrived(change(loading, aMessage(9, { text: 'newer', rev: 5 })), key, aPage([aMessage(9)]), { side: 'before', seq: 10, lastSeq: 12 });
    expect(texts(paged)[0]).toBe('newer');
    expect(held(paged).unplaced).toEqual([]);

    const going = wentTo(aState(aChannel(aRange(50, 60), { hasEarlier: true })), key, 5);
    const { goal } = held(going);
    if (!goal) throw new Error('No goal.');
    const there = goalArrived(change(going, aMessage(5, { text: 'newer', rev: 5 })), key, aPage(aRange(4, 6), { hasLater: true }), goal, 60);
    expect(texts(there)).toEqual(['text 4', 'newer', 'text 6']);
    const both = goalArrived(change(going, aMessage(50, { text: 'newer', rev: 5 })), key, aPage(aRange(4, 50), { hasLater: true }), goal, 60);
    expect(texts(both).at(-1)).toBe('newer');
  });

  it('keeps its later state when an older page or snapshot brings it again', () => {
    const newer = change(state, aMessage(2, { text: 'newer', rev: 5 }));
    expect(texts(pageArrived(newer, key, aPage(aRange(1, 3)), { side: 'before', seq: 3, lastSeq: 3 }))[1]).toBe('newer');
    const later = pageArrived(newer, key, aPage([aMessage(2, { text: 'newest', rev: 6 })], { hasEarlier: true }), { side: 'before', seq: 3, lastSeq: 3 });
    expect(texts(later)[1]).toBe('newest');
  });

  it('ends the answer to it and its edit if it was deleted', () => {
    const composing = composingChanged(state, key, { kind: 'reply', seq: 2 });
    expect(held(change(composing, aMessage(2, { text: 'x', rev: 1 }))).composing).not.toBeNull();
    expect(held(change(composing, aMessage(2, { text: '', deletedAt: '2026-05-04T12:00:00Z', rev: 1 }))).composing).toBeNull();
  });
});

describe('after an absence', () => {
  const before = change(state, aMessage(2, { rev: 5 }));
  const back = (rev: number): ChatState => snapshotArrived(entering(connectionLost(before), key), key, aSnapshot([], { rev, lastSeq: 3 }));

  it('the changes in between are asked for, unless there were none', () => {
    expect(held(back(5)).changesAfter).toBeNull();
    expect(held(back(9))).toMatchObject({ changesAfter: 5, rev: 9 });
  });

  it('an event does not hide what has still to be asked for, over another loss as well', () => {
    const heard = change(back(9), aMessage(3, { text: 'third', rev: 10 }));
    expect(held(heard).changesAfter).toBe(5);
    const again = snapshotArrived(entering(connectionLost(heard), key), key, aSnapshot([], { rev: 10, lastSeq: 3 }));
    expect(held(again).changesAfter).toBe(5);
    const told = changesArrived(again, key, [aMessage(1, { text: 'first', rev: 8 })], 10);
    expect(texts(told)).toEqual(['first', 'text 2', 'third']);
    expect(held(told)).toMatchObject({ changesAfter: null, rev: 10 });
  });

  it('a channel that is new to the page has nothing to ask for', () => {
    expect(held(snapshotArrived(entering(aState(aChannel([])), key), key, aSnapshot(aRange(1, 3), { rev: 9 })))).toMatchObject({ rev: 9, changesAfter: null });
  });
});

describe('a reply', () => {
  const rows = (channel: Channel): unknown[] => rowsOf(channel, [], 'ada').flatMap((row) => (row.kind === 'message' ? [[row.parent, row.head]] : []));

  it('knows the message it answers, in its present state, or that it is not held', () => {
    const reply = aMessage(3, { replyTo: 2 });
    const channel = aChannel([aMessage(2), reply, aMessage(4, { replyTo: 1 }), aMessage(5)]);
    expect(rows(channel)).toEqual([[null, true], [channel.messages[0], true], [1, true], [null, false]]);
    const deleted = revised(aState(channel), key, [aMessage(2, { text: '', deletedAt: '2026-05-04T12:00:00Z', rev: 1 })]);
    expect(rows(held(deleted))[1]).toEqual([held(deleted).messages[0], true]);
  });
});

it('the newest own message that is there can be edited', () => {
  const deletedAt = '2026-05-04T12:00:00Z';
  expect(lastOwn(aChannel([aMessage(1), aMessage(2, { authorId: 'bob' }), aMessage(3, { deletedAt })]), 'ada')?.seq).toBe(1);
  expect(lastOwn(aChannel(aRange(1, 3)), 'bob')).toBeUndefined();
});

describe('typing', () => {
  const members = ['ada', 'bob', 'cy', 'dan', 'eve'].map((id) => aMember(id));
  const room = aState(aChannel(aRange(1, 3), { members }));
  const typing = (...ids: readonly string[]): ChatState => ids.reduce((changed, id) => typingBegan(changed, key, id), room);

  it('names up to three, and never the user', () => {
    expect(typingNames(held(typing('bob', 'ada', 'bob')))).toEqual(['bob']);
    expect(typingNames(held(typing('dan', 'bob', 'cy')))).toEqual(['bob', 'cy', 'dan']);
    expect(typingNames(held(typing('bob', 'cy', 'dan', 'eve')))).toBeNull();
  });

  it('ends by itself, with the message, and with the member or the connection', () => {
    expect(held(typingEnded(typing('bob', 'cy'), key, 'bob')).typing).toEqual(['cy']);
    expect(held(channelEvent(typing('bob'), key, { type: 'posted', message: aMessage(4, { authorId: 'bob' }) })).typing).toEqual([]);
    expect(held(channelEvent(typing('bob'), key, { type: 'left', memberId: 'bob' })).typing).toEqual([]);
    expect(held(connectionLost(typing('bob'))).typing).toEqual([]);
  });
});
