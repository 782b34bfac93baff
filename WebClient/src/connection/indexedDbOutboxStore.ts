import { MemoryOutboxStore, type OutboxEntry, type OutboxStore } from './outboxStore';

const storeName = 'outbox';

/** Opens the store of this browser, or one in memory where IndexedDB is not to be had. */
export async function openOutboxStore(): Promise<OutboxStore> {
  try {
    return new IndexedDbOutboxStore(await openDatabase());
  } catch {
    return new MemoryOutboxStore();
  }
}

/** Entries under a growing key, so that they are listed as they were added. */
class IndexedDbOutboxStore implements OutboxStore {
  constructor(private readonly database: IDBDatabase) {}

  /** An entry that is there already, put there by another tab, stays as it is. */
  async add(entry: OutboxEntry): Promise<void> {
    await this.#run('readwrite', (store) => {
      const known = store.index('id').count(entry.id);
      known.onsuccess = () => {
        if (known.result === 0) store.add(entry);
      };
      return known;
    });
  }

  async replace(entry: OutboxEntry): Promise<void> {
    await this.#change(entry.id, (cursor) => cursor.update(entry));
  }

  async remove(id: string): Promise<void> {
    await this.#change(id, (cursor) => cursor.delete());
  }

  async list(): Promise<readonly OutboxEntry[]> {
    return this.#run<OutboxEntry[]>('readonly', (store) => store.getAll());
  }

  #change(id: string, change: (cursor: IDBCursorWithValue) => void): Promise<unknown> {
    return this.#run('readwrite', (store) => {
      const request = store.index('id').openCursor(id);
      request.onsuccess = () => {
        if (request.result && request.result.value.id === id) {
          change(request.result);
          request.result.continue();
        }
      };
      return request;
    });
  }

  /**
   * Ends when the transaction has, not when its first request has: only then is the change kept. Strict: a message that looks sent must
   * outlive the computer's sudden end too.
   */
  #run<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(storeName, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = () => reject(transaction.error ?? new Error('The outbox could not be written.'));
    });
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('kaichat', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(storeName, { autoIncrement: true }).createIndex('id', 'id', { unique: true });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The outbox could not be opened.'));
  });
}
