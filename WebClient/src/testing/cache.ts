import type { CacheEntry, CacheStore } from '../connection/cacheStore';
import type { ChannelKey } from '../state/chatState';

/** A browser's cache, as long as the test. */
export class MemoryCacheStore implements CacheStore {
  entries: readonly CacheEntry[] = [];

  constructor(...entries: readonly CacheEntry[]) {
    this.entries = entries;
  }

  async list(): Promise<readonly CacheEntry[]> {
    return this.entries;
  }

  async write(entries: readonly CacheEntry[], stay: ReadonlySet<ChannelKey>): Promise<void> {
    const byKey = new Map([...this.entries, ...entries].map((entry) => [entry.key, entry]));
    this.entries = [...byKey.values()].filter(({ key }) => stay.has(key));
  }
}
