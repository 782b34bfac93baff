import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { Store } from '../../state/store';
import { apiErrorOf, type ApiError } from '../api/apiError';
import type { ApiClient } from '../api/client';
import type { EventSourceLike, Live } from '../api/live';
import type { ConsoleSession } from '../api/types';
import { may } from '../state/scopes';
import { noNotices, told, type Notices } from '../state/toasts';

/** Who uses the console: not known yet, nobody, or the holder of a key. `left` keeps whose screen it was when a session ends by itself. */
export type Visitor =
  | { readonly state: 'unknown'; readonly error: ApiError | null }
  | { readonly state: 'out'; readonly expired: boolean }
  | { readonly state: 'in'; readonly session: ConsoleSession };

/** What all screens share. */
export class Console {
  readonly visitor = new Store<Visitor>({ state: 'unknown', error: null });
  readonly notices = new Store<Notices>(noNotices);
  api!: ApiClient;

  constructor(readonly live: Live, readonly openEvents: (address: string) => EventSourceLike) {}

  async start(): Promise<void> {
    this.visitor.update(() => ({ state: 'unknown', error: null }));
    try {
      const session = await this.api.session();
      this.visitor.update(() => (session ? { state: 'in', session } : { state: 'out', expired: false }));
    } catch (fault) {
      this.visitor.update(() => ({ state: 'unknown', error: apiErrorOf(fault) }));
    }
  }

  async signIn(key: string): Promise<void> {
    const session = await this.api.signIn(key);
    this.visitor.update(() => ({ state: 'in', session }));
  }

  async signOut(): Promise<void> {
    await this.api.signOut();
    this.visitor.update(() => ({ state: 'out', expired: false }));
  }

  /** The server does not know the session any more: what is on the screen stays behind the question for the key. */
  expired(): void {
    this.visitor.update((visitor) => (visitor.state === 'in' ? { state: 'out', expired: true } : visitor));
  }

  done(text: string, undo: (() => Promise<unknown>) | null = null): void {
    const takeBack = undo === null ? null : () => void undo().catch((fault: unknown) => this.failed(apiErrorOf(fault).message));
    this.notices.update((notices) => told(notices, { at: Date.now(), text, kind: 'done', undo: takeBack }));
  }

  failed(text: string): void {
    this.notices.update((notices) => told(notices, { at: Date.now(), text, kind: 'error', undo: null }));
  }
}

/** What the key of whoever is signed in allows; everything while it is asked for again. */
export function useMay(): (scope: string) => boolean {
  const { visitor } = useConsole();
  const { state } = visitor;
  return (scope) => state.state !== 'in' || may(state.session.scopes, scope);
}

export const ConsoleContext = createContext<Console | null>(null);

export function useConsole(): Console {
  const console = useContext(ConsoleContext);
  if (!console) throw new Error('Drawn outside the console.');
  return console;
}
