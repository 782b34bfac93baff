import { parsePreferences, type Preferences } from '../state/preferences';
import { Store } from '../state/store';

/** Where they are kept; `src/theme.js` reads the same. */
export const preferencesKey = 'kaichat.preferences';

/** The preferences of this browser: one value for all of its tabs, as long as the page where it refuses storage. */
export class SavedPreferences {
  readonly store: Store<Preferences>;

  constructor(private readonly storage: Storage | null) {
    this.store = new Store(this.#load());
  }

  choose(change: Partial<Preferences>): void {
    this.store.update((preferences) => ({ ...preferences, ...change }));
    try {
      this.storage?.setItem(preferencesKey, JSON.stringify(this.store.state));
    } catch {
      // A full storage forgets the choice with the page.
    }
  }

  /** Takes over what another tab stored. `key` is that of the storage event; null if everything was cleared. */
  changedElsewhere(key: string | null): void {
    if (key === null || key === preferencesKey) this.store.update(() => this.#load());
  }

  #load(): Preferences {
    try {
      return parsePreferences(this.storage?.getItem(preferencesKey) ?? null);
    } catch {
      return parsePreferences(null);
    }
  }
}
