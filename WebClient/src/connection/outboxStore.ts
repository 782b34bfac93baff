import type { Problem } from './chatError';

/** A message that the server has not confirmed yet. */
export interface OutboxEntry {
  /** The client message id: the same over all attempts. */
  readonly id: string;
  readonly sessionId: string;
  readonly username: string;
  readonly channel: string;
  readonly text: string;
  /** The message it answers; absent if none. */
  readonly replyTo?: number;
  readonly createdAt: number;
  /** Whether the server may have it already. */
  readonly attempted: boolean;
  /** How often the server has failed over it, since its author last had it sent; absent if never. */
  readonly faults?: number;
  /** Why it is not sent before its author decides; null if it is to be sent. */
  readonly problem: Problem | null;
}

/** Keeps entries over a reload, in the order in which they were added, for all tabs. */
export interface OutboxStore {
  add(entry: OutboxEntry): Promise<void>;
  /** Replaces the entry with that id, in its place; nothing happens if there is none. */
  replace(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
  list(): Promise<readonly OutboxEntry[]>;
}

/** For browsers that refuse storage: the entries live as long as the page. */
export class MemoryOutboxStore implements OutboxStore {
  #entries: readonly OutboxEntry[] = [];

  async add(entry: OutboxEntry): Promise<void> {
    this.#entries = [...this.#entries, entry];
  }

  async replace(entry: OutboxEntry): Promise<void> {
    this.#entries = this.#entries.map((old) => (old.id === entry.id ? entry : old));
  }

  async remove(id: string): Promise<void> {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  async list(): Promise<readonly OutboxEntry[]> {
    return this.#entries;
  }
}
