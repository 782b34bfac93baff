import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showsCache } from '../state/cache';
import { aMessage, aRange, aSnapshot, seqs } from '../testing/builders';
import { ClientStage, inAnHour, key, settle } from '../testing/clientStage';
import { MemoryStorage } from '../testing/storage';
import { ChatError } from './chatError';
import { openCacheStore, type CacheEntry } from './cacheStore';
import { mostChannels } from './channelCache';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const anEntry = (more: Partial<CacheEntry> = {}): CacheEntry => ({ key, sessionId: 'ada', incarnation: 'first life', messages: aRange(1, 3), ...more });

/** A page that comes back to a session, before the server answers. */
const reloaded = async (...entries: readonly CacheEntry[]): Promise<ClientStage> => {
  const stage = new ClientStage();
  stage.saved.session.save({
    token: 't1', sessionId: 'ada', username: 'Ada', expiresAt: inAnHour(), maxTextLength: 4000, nativeLineBytes: 400, nativePort: 1, editSeconds: 1, pageVersion: 'v',
  });
  stage.saved.places.save({ username: 'Ada', channels: [{ name: '@General' }], active: key });
  stage.cache.entries = entries;
  stage.answer = () => new Promise(() => undefined);
  stage.client.start(null);
  await settle();
  return stage;
};

describe('the cache of channels', () => {
  it('shows at a reload what the same session held', async () => {
    const stage = await reloaded(anEntry());
    expect(showsCache(stage.channel())).toBe(true);
    expect(stage.calls).toContainEqual(['Resume', '@General', 0]);
  });

  it('shows nothing of another session, and forgets it', async () => {
    const stage = await reloaded(anEntry({ sessionId: 'bob' }));
    expect(showsCache(stage.channel())).toBe(false);
    expect(stage.cache.entries).toEqual([]);
  });

  it('is written some time after a change, and again only if something changed', async () => {
    const stage = new ClientStage();
    await stage.enter();
    expect(stage.cache.entries).toEqual([]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.cache.entries).toEqual([anEntry({ messages: aRange(1, 3).map((message) => ({ ...message })) })]);
    const write = vi.spyOn(stage.cache, 'write');
    stage.client.attentionChanged(false);
    await stage.receive('MemberLeft', '@general', 'nobody');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(write).not.toHaveBeenCalled();
    await stage.receive('MessageChanged', aMessage(2, { text: '', deletedAt: 'now', rev: 1 }));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.cache.entries[0]?.messages[1]?.text).toBe('');
    stage.client.leave();
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('is empty after the end of the session, whatever was about to be written', async () => {
    const stage = new ClientStage();
    await stage.enter();
    await vi.advanceTimersByTimeAsync(2_000);
    await stage.receive('MessagePosted', aMessage(4));
    stage.client.leave();
    await stage.receive('SessionEnded', 'An operator has ended it.');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(stage.cache.entries).toEqual([]);
  });

  it('forgets a channel that is left, also one that an earlier page kept', async () => {
    const stage = await reloaded(anEntry(), anEntry({ key: '@gone' }));
    stage.client.leave();
    await settle();
    expect(stage.cache.entries.map((entry) => entry.key)).toEqual([key]);
    void stage.client.sync.leave(key);
    stage.client.leave();
    await settle();
    expect(stage.cache.entries).toEqual([]);
  });

  it('forgets a channel that lets its user in no more', async () => {
    const stage = await reloaded(anEntry());
    stage.lose();
    stage.answer = () => Promise.reject(new ChatError('banned', 'You are banned.'));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.channel().phase).toBe('refused');
    expect(showsCache(stage.channel())).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.cache.entries).toEqual([]);
  });

  it('holds the channels that were shown last', async () => {
    const stage = new ClientStage();
    stage.answer = async (_, args) => aSnapshot([aMessage(1)], { channel: String(args[0]) });
    await stage.enter('@c0');
    for (let i = 1; i <= mostChannels; i++) {
      stage.client.show(`@c${i}`);
      await settle();
    }
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stage.cache.entries.length).toBe(mostChannels);
    expect(stage.cache.entries.map((entry) => entry.key)).not.toContain('@c0');
  });

  it('does without, where the browser refuses', async () => {
    const stage = new ClientStage(new MemoryStorage());
    stage.cache.list = () => Promise.reject(new Error('Refused.'));
    stage.cache.write = () => Promise.reject(new Error('Refused.'));
    await stage.enter();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seqs(stage.channel().messages)).toEqual([1, 2, 3]);
  });
});

describe('its store in IndexedDB', () => {
  it('puts, replaces and takes out, over pages', async () => {
    vi.useRealTimers();
    vi.stubGlobal('indexedDB', new IDBFactory());
    const store = openCacheStore();
    await store.write([anEntry(), anEntry({ key: '@other' })], new Set([key, '@other']));
    await store.write([anEntry({ messages: [] })], new Set([key]));
    expect(await openCacheStore().list()).toEqual([anEntry({ messages: [] })]);
    await store.write([], new Set());
    expect(await store.list()).toEqual([]);
  });
});
