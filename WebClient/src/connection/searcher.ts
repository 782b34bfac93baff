import { answered, cleared, continued, emptySearch, failed, isScopeOnly, loadingMore, searching, typed, withoutGone, type SearchState } from '../state/search';
import { Store } from '../state/store';
import type { ChatError } from './chatError';
import type { Message, SearchPage } from './contract';

/** How long the typing must pause before the server is asked, in milliseconds. */
const pause = 350;
/** Hits of a page. */
const pageLength = 20;

type Ask = (query: string, cursor: string | null, limit: number) => Promise<SearchPage>;

/** Searches as the user types. Only the answer to the latest question counts. */
export class Searcher {
  readonly store = new Store<SearchState>(emptySearch);
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What has gone since the question that is under way: its answer may still have it. */
  #gone: ((message: Message) => boolean)[] = [];

  constructor(private readonly ask: Ask) {}

  /** The field says something else. It is searched for once the typing pauses. */
  type(query: string): void {
    this.#question++;
    clearTimeout(this.#timer);
    this.store.update((state) => ({ ...typed(state, query), phase: 'idle' }));
    if (isScopeOnly(query)) this.store.update(cleared);
    else this.#timer = setTimeout(() => void this.#search(), pause);
  }

  /** Searches now. */
  submit(): void {
    clearTimeout(this.#timer);
    if (this.store.state.query.trim() !== '') void this.#search();
  }

  /** The next page of hits. */
  async more(): Promise<void> {
    const { found, next, phase } = this.store.state;
    if (found === null || next === null || phase !== 'idle') return;
    this.store.update(loadingMore);
    await this.#answer(this.ask(found, next, pageLength), (state, page) => continued(state, page));
  }

  /** Messages have been deleted or removed for good. */
  gone(isGone: (message: Message) => boolean): void {
    if (this.store.state.phase !== 'idle') this.#gone.push(isGone);
    this.store.update((state) => withoutGone(state, isGone));
  }

  async #search(): Promise<void> {
    const query = this.store.state.query.trim();
    this.store.update(searching);
    await this.#answer(this.ask(query, null, pageLength), (state, page) => answered(state, query, page));
  }

  async #answer(asked: Promise<SearchPage>, apply: (state: SearchState, page: SearchPage) => SearchState): Promise<void> {
    const question = ++this.#question;
    this.#gone = [];
    try {
      const page = await asked;
      if (question === this.#question) this.store.update((state) => this.#gone.reduce(withoutGone, apply(state, page)));
    } catch (error) {
      if (question === this.#question) this.store.update((state) => failed(state, (error as ChatError).problem, Date.now()));
    }
  }
}
