import type { CachedMessages } from '../state/cache';
import type { ChannelKey } from '../state/chatState';

/** A channel's newest messages, and whose page held them. */
export interface CacheEntry extends CachedMessages {
  readonly key: ChannelKey;
  readonly sessionId: string;
}

/** Keeps what channels showed over a reload. What it loses is no loss: the server has it. */
export interface CacheStore {
  list(): Promise<readonly CacheEntry[]>;
  /** Puts entries in the place of former ones of their channels, and takes all out that are not to stay. */
  write(entries: readonly CacheEntry[], stay: ReadonlySet<ChannelKey>): Promise<void>;
}

const storeName = 'channels';

/** Opens the store of this browser when it is first wanted. It is a database of its own: the outbox never waits for it, whatever other tabs hold open. */
export function openCacheStore(): CacheStore {
  let opening: Promise<IDBDatabase> | null = null;
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T> | null): Promise<T> => {
    const database = await (opening ??= openDatabase());
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request?.result as T);
      transaction.onabort = () => reject(transaction.error ?? new Error('The cache could not be used.'));
    });
  };
  return {
    list: () => run<CacheEntry[]>('readonly', (store) => store.getAll()),
    async write(entries, stay) {
      await run('readwrite', (store) => {
        for (const entry of entries) store.put(entry);
        const keys = store.getAllKeys();
        keys.onsuccess = () => {
          for (const key of keys.result) if (!stay.has(String(key))) store.delete(key);
        };
        return null;
      });
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('kaichat.cache', 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(storeName, { keyPath: 'key' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The cache could not be opened.'));
  });
}
