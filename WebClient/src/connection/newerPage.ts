import { Store } from '../state/store';

export type Fetch = (path: string, init: RequestInit) => Promise<Response>;

/** Notices that the server has another page than this one: its document names other scripts or styles. Never reloads by itself. */
export class NewerPage {
  readonly found = new Store(false);

  /** @param own The addresses of this page's scripts and styles, as its document names them. */
  constructor(
    private readonly own: readonly string[],
    private readonly fetch: Fetch,
  ) {}

  /** Asks the server. Where it does not answer, nothing is known, and nothing changes. */
  async look(): Promise<void> {
    if (this.found.state || this.own.length === 0) return;
    try {
      const answer = await this.fetch('/', { cache: 'no-cache', signal: AbortSignal.timeout(15_000) });
      if (!answer.ok) return;
      const document = await answer.text();
      if (!this.own.every((address) => document.includes(`"${address}"`))) this.found.update(() => true);
    } catch {
      // The next connection asks again.
    }
  }
}
