import { defaultArrangement, parseArrangement, type Arrangement } from '../state/arrangement';
import { Store } from '../state/store';

/** A user's arrangement in this browser: the same in all of its tabs, another one for each name. */
export class SavedArrangement {
  readonly store = new Store<Arrangement>(defaultArrangement);
  #key: string | null = null;

  constructor(private readonly storage: Storage | null) {}

  /** Takes up that user's; null for nobody's. */
  belongsTo(username: string | null): void {
    const key = username === null ? null : `kaichat.arrangement.${username.toLowerCase()}`;
    if (key === this.#key) return;
    this.#key = key;
    this.store.update(() => this.#load());
  }

  update(change: (arrangement: Arrangement) => Arrangement): void {
    this.store.update(change);
    try {
      if (this.#key !== null) this.storage?.setItem(this.#key, JSON.stringify(this.store.state));
    } catch {
      // A full storage forgets it with the page.
    }
  }

  /** Takes over what another tab stored. `key` is that of the storage event; null if everything was cleared. */
  changedElsewhere(key: string | null): void {
    if (key === null || key === this.#key) this.store.update(() => this.#load());
  }

  #load(): Arrangement {
    try {
      return parseArrangement(this.#key === null ? null : (this.storage?.getItem(this.#key) ?? null));
    } catch {
      return defaultArrangement;
    }
  }
}
