import type { OutboxEntry } from './outboxStore';

const prefix = 'kaichat.outgoing.';

/**
 * Messages between their author's key and the outbox, whose database answers later: written at once, so that a page that goes away in
 * between loses none. Each under a key of its own, since the tabs share the storage.
 */
export class Outgoing {
  constructor(private readonly storage: Storage | null) {}

  put(entry: OutboxEntry): void {
    try {
      this.storage?.setItem(prefix + entry.id, JSON.stringify(entry));
    } catch {
      // A full storage: the database is all there is then.
    }
  }

  drop(id: string): void {
    this.storage?.removeItem(prefix + id);
  }

  /** In the order in which they were written. */
  all(): readonly OutboxEntry[] {
    const keys = Array.from({ length: this.storage?.length ?? 0 }, (_, i) => this.storage?.key(i) ?? '');
    return keys
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => read(this.storage?.getItem(key) ?? null))
      .sort((a, b) => a.createdAt - b.createdAt);
  }
}

function read(text: string | null): readonly OutboxEntry[] {
  try {
    const entry = JSON.parse(text ?? 'null') as OutboxEntry | null;
    return entry === null ? [] : [entry];
  } catch {
    return [];
  }
}
