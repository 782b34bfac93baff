import type { Origin, SanctionKind } from '../connection/contract';
import { Store } from '../state/store';

/** What a dialog that is loaded when it is first wanted is to show. */
export type Asked =
  | { readonly kind: 'switcher' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'profile'; readonly who: Who; readonly back?: () => void }
  | { readonly kind: 'operator' }
  | { readonly kind: 'sanction'; readonly draft: SanctionDraft }
  | { readonly kind: 'paste'; readonly text: string; readonly insert: (text: string) => void };

/** Whose profile is wanted; they may be gone. */
export interface Who {
  readonly id: string;
  readonly username: string;
  readonly origin: Origin;
}

/** What an operator wants done to somebody, as far as it is known yet. */
export interface SanctionDraft {
  readonly act: 'kick' | SanctionKind;
  readonly username: string;
  /** The channel on the screen. */
  readonly channel: string;
  readonly minutes: number | null;
  readonly byAddress: boolean;
  readonly reason: string;
}

/** The dialog that is open; null if none is. */
export const asked = new Store<Asked | null>(null);

export const ask = (what: Asked): void => asked.update(() => what);
/** That dialog is closed. The browser tells so a moment after the fact: another one may be open by now, and stays. */
export const answered = (what: Asked): void => asked.update((open) => (open === what ? null : open));
