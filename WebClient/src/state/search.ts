import type { Problem } from '../connection/chatError';
import type { Message, SearchHit, SearchPage } from '../connection/contract';

/** A search as it stands. */
export interface SearchState {
  /** What is in the field. */
  readonly query: string;
  /** What the hits are of; null before the first answer. */
  readonly found: string | null;
  readonly phase: 'idle' | 'searching' | 'loadingMore';
  readonly hits: readonly SearchHit[];
  readonly next: string | null;
  /** The server stopped before it had looked everywhere. */
  readonly incomplete: boolean;
  readonly problem: Problem | null;
  /** When the problem will have passed, in milliseconds since 1970; null if that is not known. */
  readonly passesAt: number | null;
}

export const emptySearch: SearchState = {
  query: '', found: null, phase: 'idle', hits: [], next: null, incomplete: false, problem: null, passesAt: null,
};

export const typed = (state: SearchState, query: string): SearchState => ({ ...state, query, problem: null, passesAt: null });

export const searching = (state: SearchState): SearchState => ({ ...state, phase: 'searching', problem: null, passesAt: null });

export const loadingMore = (state: SearchState): SearchState => ({ ...state, phase: 'loadingMore', problem: null, passesAt: null });

/** An answer to the query that was asked last. */
export const answered = (state: SearchState, found: string, { hits, next, incomplete }: SearchPage): SearchState => ({
  ...state, found, hits, next, incomplete, phase: 'idle',
});

/** A further page. A message that is there already, because the pages moved meanwhile, is not there twice. */
export function continued(state: SearchState, { hits, next, incomplete }: SearchPage): SearchState {
  const known = new Set(state.hits.map((hit) => hit.message.id));
  const fresh = hits.filter((hit) => !known.has(hit.message.id));
  return { ...state, hits: [...state.hits, ...fresh], next, incomplete: state.incomplete || incomplete, phase: 'idle' };
}

export const failed = (state: SearchState, problem: Problem, now: number): SearchState => ({
  ...state,
  phase: 'idle',
  problem,
  passesAt: problem.retryAfterSeconds === undefined ? null : now + problem.retryAfterSeconds * 1000,
});

/** Without messages that are there no more, be they hits or beside one. */
export function withoutGone(state: SearchState, isGone: (message: Message) => boolean): SearchState {
  const left = (message: Message | null): Message | null => (message && isGone(message) ? null : message);
  const hits = state.hits.filter(({ message }) => !isGone(message)).map((hit) => ({ ...hit, before: left(hit.before), after: left(hit.after) }));
  return { ...state, hits };
}

/** The field is empty again: so is everything else. */
export const cleared = (state: SearchState): SearchState => ({ ...emptySearch, query: state.query });

/** Hits that follow one another in one channel. */
export interface HitGroup {
  readonly channel: string;
  readonly hits: readonly SearchHit[];
}

export function grouped(hits: readonly SearchHit[]): readonly HitGroup[] {
  const groups: { channel: string; hits: SearchHit[] }[] = [];
  for (const hit of hits) {
    const last = groups.at(-1);
    if (last?.channel === hit.message.channel) last.hits.push(hit);
    else groups.push({ channel: hit.message.channel, hits: [hit] });
  }
  return groups;
}

const operator = (name: string): RegExp => new RegExp(`(^|\\s)${name}:\\S*`, 'gi');
const without = (query: string, ...names: readonly string[]): string =>
  names.reduce((rest, name) => rest.replace(operator(name), '$1'), query).replace(/\s+/g, ' ').trim();

/** What is searched for, without where. */
export const subject = (query: string): string => without(query, 'in');

/** The channel a query is limited to; null if it is none. */
export const scope = (query: string): string | null => /(?:^|\s)in:(\S+)/i.exec(query)?.[1] ?? null;

/** The query for messages that mention somebody. */
export const mentionsOf = (username: string): string => `mentions:${/\s/.test(username) ? `"${username}"` : username}`;

/** A query that only says where, as it is filled in when the search opens. */
export const isScopeOnly = (query: string): boolean => subject(query) === '';

/**
 * A query that finds more: everywhere, at any time, from anybody, the words instead of the phrase, then words that only begin so. Null if
 * nothing is left to widen.
 */
export function widened(query: string): string | null {
  const wider = [
    without(query, 'in'),
    without(query, 'in', 'before', 'after'),
    without(query, 'in', 'before', 'after', 'from'),
    without(query, 'in').replaceAll('"', ' ').replace(/\s+/g, ' ').trim(),
    without(query, 'in').replace(/(^|\s)([^\s":*]{2,})$/, '$1$2*'),
  ];
  const plain = without(query);
  return wider.find((candidate) => candidate !== plain && candidate !== '') ?? null;
}
