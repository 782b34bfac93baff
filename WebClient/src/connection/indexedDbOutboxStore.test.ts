import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openOutboxStore } from './indexedDbOutboxStore';
import type { OutboxEntry, OutboxStore } from './outboxStore';

const anEntry = (id: string, more: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id, sessionId: 's1', username: 'Ada', channel: '@general', text: id, createdAt: 1, attempted: false, problem: null, ...more,
});
const ids = async (store: OutboxStore): Promise<string[]> => (await store.list()).map(({ id }) => id);

let store: OutboxStore;
beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  store = await openOutboxStore();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the outbox in IndexedDB', () => {
  it('lists entries as they were added, to every tab', async () => {
    for (const id of ['c', 'a', 'b']) await store.add(anEntry(id));
    expect(await ids(await openOutboxStore())).toEqual(['c', 'a', 'b']);
  });

  it('replaces an entry in its place, and none that is gone', async () => {
    for (const id of ['c', 'a']) await store.add(anEntry(id));
    await store.replace(anEntry('c', { attempted: true }));
    await store.replace(anEntry('gone'));
    expect(await store.list()).toEqual([anEntry('c', { attempted: true }), anEntry('a')]);
  });

  it('removes an entry, once or more often', async () => {
    for (const id of ['c', 'a']) await store.add(anEntry(id));
    await store.remove('c');
    await store.remove('c');
    expect(await ids(store)).toEqual(['a']);
  });

  it('holds an entry once that two tabs rescue at the same time', async () => {
    await Promise.all([store.add(anEntry('a')), (await openOutboxStore()).add(anEntry('a'))]);
    expect(await ids(store)).toEqual(['a']);
  });

  it('asks for writes that outlive the computer', async () => {
    const spy = vi.spyOn(Object.getPrototypeOf(await database()) as IDBDatabase, 'transaction');
    await store.add(anEntry('a'));
    expect(spy).toHaveBeenCalledExactlyOnceWith('outbox', 'readwrite', { durability: 'strict' });
  });

  it('has not kept what the database refused', async () => {
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
      throw new Error('QuotaExceeded');
    });
    await expect(store.add(anEntry('a'))).rejects.toThrow();
    expect(await ids(store)).toEqual([]);
  });

  it('is held in memory where the browser has no database', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const memory = await openOutboxStore();
    await memory.add(anEntry('a'));
    expect(await ids(memory)).toEqual(['a']);
    expect(await ids(store)).toEqual([]);
  });
});

const database = (): Promise<IDBDatabase> => new Promise((resolve) => {
  const request = indexedDB.open('kaichat', 1);
  request.onsuccess = () => resolve(request.result);
});
