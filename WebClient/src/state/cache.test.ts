import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aRange, aSnapshot, aState, seqs } from '../testing/builders';
import { asShown, cacheable, cacheArrived, mostCached, showsCache, type CachedMessages } from './cache';
import { snapshotArrived } from './channels';
import { newChannel, type Channel, type ChatState } from './chatState';
import { composingChanged } from './revisions';
import { unreadCount } from './reading';

const key = '@general';
const life: CachedMessages = { incarnation: 'first life', messages: aRange(1, 3) };
const reloaded = (more: Partial<Channel> = {}): ChatState => aState({ ...newChannel('@general'), ...more });
const withCache = (state: ChatState = reloaded()): ChatState => cacheArrived(state, new Map([[key, life], ['@left', life]]));
const channelOf = (state: ChatState): Channel => state.channels.get(key) as Channel;

describe('what an earlier page held', () => {
  it('is shown until the server has said how it is, and counts for nothing else', () => {
    const channel = channelOf(withCache());
    expect(showsCache(channel)).toBe(true);
    expect(seqs(asShown(channel).messages)).toEqual([1, 2, 3]);
    expect(channel.messages).toEqual([]);
    expect([channel.lastSeq, unreadCount(channel, 'someone'), unreadCount(asShown(channel), 'someone')]).toEqual([0, 0, 0]);
  });

  it('gives way to the truth as a whole: nothing deleted or of a former life survives', () => {
    for (const incarnation of ['first life', 'second life']) {
      const channel = channelOf(snapshotArrived(withCache(), key, aSnapshot([aMessage(3, { text: '', deletedAt: 'now' })], { incarnation, lastSeq: 3 })));
      expect([showsCache(channel), asShown(channel) === channel, channel.cached]).toEqual([false, true, null]);
      expect(channel.messages).toEqual([aMessage(3, { text: '', deletedAt: 'now' })]);
    }
    expect(asShown(channelOf(snapshotArrived(withCache(), key, aSnapshot([])))).messages).toEqual([]);
  });

  it('comes too late where the channel is in step, and is not for a channel that refuses, or was left', () => {
    expect(channelOf(withCache(aState(aChannel(aRange(1, 5))))).cached).toBeNull();
    expect(channelOf(withCache(reloaded({ phase: 'refused' }))).cached).toBeNull();
    expect(withCache().channels.has('@left')).toBe(false);
  });

  it('is not passed by on the way to a message', () => {
    expect(showsCache(channelOf(withCache(reloaded({ linkedSeq: 2 }))))).toBe(false);
  });

  it('can be answered: the answer is kept in the same life of the channel', () => {
    const answering = composingChanged(withCache(), key, { kind: 'reply', seq: 2 });
    expect(channelOf(snapshotArrived(answering, key, aSnapshot(aRange(1, 3)))).composing).toEqual({ kind: 'reply', seq: 2 });
    expect(channelOf(snapshotArrived(answering, key, aSnapshot(aRange(1, 3), { incarnation: 'another' }))).composing).toBeNull();
  });
});

describe('what is kept', () => {
  it('is the newest messages without a hole', () => {
    expect(seqs(cacheable(aChannel(aRange(1, 80)))?.messages)).toEqual(seqs(aRange(80 - mostCached + 1, 80)));
    expect(seqs(cacheable(aChannel([...aRange(1, 4), ...aRange(9, 10), ...aRange(20, 21)]))?.messages)).toEqual([20, 21]);
    expect(cacheable(aChannel([]))).toEqual({ incarnation: 'first life', messages: [] });
  });

  it('is nothing while the end is not held, or is not known to be up to date', () => {
    expect(cacheable(aChannel(aRange(1, 3), { lastSeq: 9 }))).toBeNull();
    expect(cacheable(aChannel(aRange(1, 3), { changesAfter: 4 }))).toBeNull();
    expect(cacheable(aChannel(aRange(1, 3), { phase: 'entering' }))).toBeNull();
  });
});
