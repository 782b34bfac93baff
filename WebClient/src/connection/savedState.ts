import type { ChannelKey, Session } from '../state/chatState';
import type { Place } from '../state/channels';

/** The channels of a user, as kept over a reload. */
export interface Places {
  readonly username: string;
  readonly channels: readonly Place[];
  readonly active: string | null;
}

export type Drafts = Readonly<Record<ChannelKey, string>>;

const keys = { session: 'kaichat.session', places: 'kaichat.places', drafts: 'kaichat.drafts' } as const;

export type SavedPart = keyof typeof keys;

/** What the tabs of one browser share and a reload finds again. */
export class SavedState {
  readonly session: SavedValue<Session>;
  readonly places: SavedValue<Places>;
  readonly drafts: SavedValue<Drafts>;

  constructor(storage: Storage | null) {
    this.session = new SavedValue(storage, keys.session);
    this.places = new SavedValue(storage, keys.places);
    this.drafts = new SavedValue(storage, keys.drafts);
  }

  clear(): void {
    this.session.save(null);
    this.places.save(null);
    this.drafts.save(null);
  }

  /** Which part a storage event of that key is about; null if none, or everything. */
  partOf(key: string | null): SavedPart | null {
    return (Object.keys(keys) as SavedPart[]).find((part) => keys[part] === key) ?? null;
  }
}

/** One value under one key. A browser that refuses storage, or whose storage is full, keeps it as long as the page. */
class SavedValue<T> {
  #unsaved: T | null = null;

  constructor(
    private readonly storage: Storage | null,
    private readonly key: string,
  ) {}

  load(): T | null {
    if (this.#unsaved !== null) return this.#unsaved;
    try {
      return JSON.parse(this.storage?.getItem(this.key) ?? 'null') as T | null;
    } catch {
      return null;
    }
  }

  save(value: T | null): void {
    this.#unsaved = this.storage ? null : value;
    try {
      if (value === null) this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, JSON.stringify(value));
    } catch {
      this.#unsaved = value;
    }
  }
}
