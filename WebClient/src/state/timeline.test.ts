import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aPage, aRange, seqs } from '../testing/builders';
import type { Message } from '../connection/contract';
import type { Channel } from './chatState';
import { appendNew, holdsEnd, insertPage, maxHeld, mergeBySeq, replaceWith, type Asked } from './timeline';

describe('mergeBySeq', () => {
  it('appends what continues the list', () => {
    expect(seqs(mergeBySeq(aRange(1, 2), aRange(3, 4)))).toEqual([1, 2, 3, 4]);
  });

  it('holds each message of two overlapping lists once, in order', () => {
    expect(seqs(mergeBySeq(aRange(3, 6), aRange(1, 4)))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seqs(mergeBySeq(aRange(1, 4), aRange(3, 6)))).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('puts a message that comes late, and one that comes twice, in its place', () => {
    expect(seqs(mergeBySeq([aMessage(1), aMessage(3)], [aMessage(2), aMessage(2)]))).toEqual([1, 2, 3]);
    expect(seqs(mergeBySeq([], [aMessage(2), aMessage(1), aMessage(2)]))).toEqual([1, 2]);
  });

  it('keeps the message it holds when the same one comes again, so that its row is not drawn anew', () => {
    const held = aRange(1, 2);
    expect(mergeBySeq(held, aRange(1, 3))[1]).toBe(held[1]);
    expect(mergeBySeq(held, [])).toBe(held);
  });
});

describe('appendNew', () => {
  it('shows new messages behind the end that is held', () => {
    const channel = appendNew(aChannel(aRange(1, 2)), [aMessage(3)]);
    expect(seqs(channel.messages)).toEqual([1, 2, 3]);
    expect(channel.lastSeq).toBe(3);
  });

  it('only counts them where the end is not held, since a hole would open', () => {
    const before = aChannel(aRange(1, 2), { lastSeq: 9 });
    const channel = appendNew(before, [aMessage(10)]);
    expect(seqs(channel.messages)).toEqual([1, 2]);
    expect(channel.lastSeq).toBe(10);
    expect(appendNew(before, [aMessage(4)])).toBe(before);
  });

  it('never lets the end go back', () => {
    expect(appendNew(aChannel(aRange(1, 5)), [aMessage(3)]).lastSeq).toBe(5);
    expect(appendNew(aChannel(aRange(1, 5)), [], 7).lastSeq).toBe(7);
  });

  it('drops the oldest of too many messages while the reader is at the end, and says that there are earlier ones', () => {
    const channel = appendNew(aChannel(aRange(1, maxHeld)), [aMessage(maxHeld + 1)]);
    expect(channel.messages).toHaveLength(maxHeld);
    expect(channel.messages[0]?.seq).toBe(2);
    expect(channel.hasEarlier).toBe(true);
  });

  it('drops none of what a reader of older messages looks at', () => {
    const channel = appendNew(aChannel(aRange(1, maxHeld), { atEnd: false }), [aMessage(maxHeld + 1)]);
    expect(channel.messages[0]?.seq).toBe(1);
    expect(channel.messages).toHaveLength(maxHeld);
    expect(channel.lastSeq).toBe(maxHeld + 1);
    expect(holdsEnd(channel)).toBe(false);
  });
});

/** A page asked for before what is held. */
const before = (channel: Channel, messages: readonly Message[], hasEarlier: boolean, seq = channel.messages[0]?.seq ?? 1): Channel =>
  insertPage(channel, aPage(messages, { hasEarlier, hasLater: true }), { side: 'before', seq, lastSeq: channel.lastSeq });

/** A page asked for behind what is held. */
const after = (channel: Channel, messages: readonly Message[], hasLater: boolean, more: Partial<Asked> = {}): Channel =>
  insertPage(channel, aPage(messages, { hasEarlier: true, hasLater }), {
    side: 'after', seq: channel.messages.at(-1)?.seq ?? 0, lastSeq: channel.lastSeq, ...more,
  });

describe('insertPage', () => {
  it('puts an earlier page in front and takes over whether there is more', () => {
    const channel = before(aChannel(aRange(5, 6), { hasEarlier: true }), aRange(3, 4), false);
    expect(seqs(channel.messages)).toEqual([3, 4, 5, 6]);
    expect(channel).toMatchObject({ hasEarlier: false, hasLater: false });
  });

  it('puts a later page behind and takes over whether there is more', () => {
    const held = aChannel(aRange(1, 2), { lastSeq: 9 });
    const middle = after(held, aRange(3, 4), true);
    expect(seqs(middle.messages)).toEqual([1, 2, 3, 4]);
    expect(middle.hasLater).toBe(true);
    const end = after(held, aRange(3, 9), false);
    expect(end).toMatchObject({ hasLater: false, hasEarlier: false, lastSeq: 9 });
  });

  it('knows that what came while a later page was on its way is behind it, unless the page has it', () => {
    const held = aChannel(aRange(1, 2), { lastSeq: 5 });
    expect(after(held, aRange(3, 4), false, { lastSeq: 4 }).hasLater).toBe(true);
    expect(after(held, aRange(3, 5), false, { lastSeq: 4 }).hasLater).toBe(false);
  });

  it('believes the server that nothing is behind, even if the newest message is gone', () => {
    expect(after(aChannel(aRange(1, 2), { lastSeq: 5 }), [], false).hasLater).toBe(false);
  });

  it('fills a gap from either side without touching what is before and behind', () => {
    const held = aChannel([aMessage(1), aMessage(9)], { hasEarlier: true });
    expect(seqs(before(held, aRange(7, 8), true, 9).messages)).toEqual([1, 7, 8, 9]);
    const filled = after(held, aRange(2, 3), true, { seq: 1 });
    expect(seqs(filled.messages)).toEqual([1, 2, 3, 9]);
    expect(filled).toMatchObject({ hasEarlier: true, hasLater: false });
  });

  it('drops what is held from before a page that has nothing before it: the server has it no more', () => {
    const channel = before(aChannel([...aRange(1, 3), aMessage(9)], { hasEarlier: true }), aRange(7, 8), false, 9);
    expect(seqs(channel.messages)).toEqual([7, 8, 9]);
    expect(channel.hasEarlier).toBe(false);
    expect(seqs(before(aChannel([aMessage(1), aMessage(9)]), [], false, 9).messages)).toEqual([9]);
  });

  it('keeps the neighbourhood of the page when too much is held, and knows on which side something was dropped', () => {
    const held = aChannel(aRange(101, 100 + maxHeld));
    const earlier = before(held, aRange(1, 100), false);
    expect([earlier.messages[0]?.seq, earlier.messages.length]).toEqual([1, maxHeld]);
    expect(earlier).toMatchObject({ hasEarlier: false, hasLater: true });
    const later = after({ ...held, hasLater: true, lastSeq: 900 }, aRange(101 + maxHeld, 200 + maxHeld), true);
    expect([later.messages.at(-1)?.seq, later.messages.length]).toEqual([200 + maxHeld, maxHeld]);
    expect(later).toMatchObject({ hasEarlier: true, hasLater: true });
  });

  it('knows from an empty page that nothing is earlier', () => {
    expect(before(aChannel(aRange(5, 6), { hasEarlier: true }), [], false).hasEarlier).toBe(false);
  });
});

describe('replaceWith', () => {
  it('takes a page in place of what is held', () => {
    const channel = replaceWith(aChannel(aRange(50, 60)), aPage(aRange(10, 12), { hasEarlier: true, hasLater: true }), 60);
    expect(seqs(channel.messages)).toEqual([10, 11, 12]);
    expect(channel).toMatchObject({ hasEarlier: true, hasLater: true, lastSeq: 60 });
  });

  it('knows that what came meanwhile is behind it', () => {
    expect(replaceWith(aChannel(aRange(1, 13)), aPage(aRange(10, 12)), 12).hasLater).toBe(true);
    expect(replaceWith(aChannel(aRange(1, 13)), aPage(aRange(10, 13)), 12).hasLater).toBe(false);
  });
});
