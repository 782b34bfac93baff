import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aRange, seqs } from '../testing/builders';
import { appendNew, holdsEnd, insertPage, maxHeld, mergeBySeq, replaceWithEnd } from './timeline';

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

describe('insertPage', () => {
  it('puts an earlier page in front and takes over whether there is more', () => {
    const channel = insertPage(aChannel(aRange(5, 6), { hasEarlier: true }), aRange(3, 4), false);
    expect(seqs(channel.messages)).toEqual([3, 4, 5, 6]);
    expect(channel.hasEarlier).toBe(false);
  });

  it('fills a gap without touching whether there is more before the first message', () => {
    const channel = insertPage(aChannel([aMessage(1), aMessage(5)]), aRange(2, 4), true);
    expect(seqs(channel.messages)).toEqual([1, 2, 3, 4, 5]);
    expect(channel.hasEarlier).toBe(false);
  });

  it('keeps the neighbourhood of the page when too much is held', () => {
    const held = aChannel(aRange(101, 100 + maxHeld));
    const earlier = insertPage(held, aRange(1, 100), false);
    expect([earlier.messages[0]?.seq, earlier.messages.length]).toEqual([1, maxHeld]);
    const later = insertPage(held, aRange(101 + maxHeld, 200 + maxHeld), false);
    expect([later.messages.at(-1)?.seq, later.messages.length]).toEqual([200 + maxHeld, maxHeld]);
    expect(later.hasEarlier).toBe(true);
  });

  it('knows from an empty page that nothing is earlier', () => {
    expect(insertPage(aChannel(aRange(5, 6), { hasEarlier: true }), [], false).hasEarlier).toBe(false);
  });
});

describe('replaceWithEnd', () => {
  it('takes the newest page in place of what is held, with what came meanwhile behind it', () => {
    const channel = replaceWithEnd(aChannel([aMessage(1), aMessage(12)], { atEnd: false }), aRange(10, 11), true);
    expect(seqs(channel.messages)).toEqual([10, 11, 12]);
    expect(channel).toMatchObject({ hasEarlier: true, lastSeq: 12, atEnd: true });
  });
});
