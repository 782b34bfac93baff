import type { Channel } from './chatState';
import { isPending, type DayRow } from './rows';

/** Rows of a day that are drawn, laid out and painted together: where nothing changed in it, the browser leaves a chunk as it is. */
export interface Chunk {
  /** Its own within the day. */
  readonly key: string;
  readonly rows: readonly DayRow[];
}

/** How many messages share a chunk, as a power of two. */
const chunkBits = 4;

/** Which messages came at the end: they and what waits stand in one chunk, so that no row changes its place when it is confirmed. */
export interface Tail {
  /** Those behind this seq; infinite while the end is not held. */
  readonly afterSeq: number;
  readonly firstHeld: number;
  readonly lastHeld: number;
}

/** The tail of a channel as it is now, after what it was: it begins where the end was when it came to be held, and stays there as long as there is something of it. */
export function tailOf(before: Tail | null, { messages, hasLater }: Channel): Tail {
  const firstHeld = messages[0]?.seq ?? 0;
  const lastHeld = messages.at(-1)?.seq ?? 0;
  // Otherwise the reader went to another part of the history, and nothing that was drawn is there any more.
  const continues = before !== null && firstHeld <= before.lastHeld + 1 && before.firstHeld <= lastHeld;
  const known = continues ? before.afterSeq : Infinity;
  const afterSeq = hasLater ? (lastHeld > known ? known : Infinity) : Math.min(known, lastHeld);
  return { afterSeq, firstHeld, lastHeld };
}

/**
 * Splits the rows of a day. Where a chunk begins follows from the seqs alone, so loads at either end leave the others as they are; what stands between two messages belongs to
 * the one below it.
 */
export function chunksOf(rows: readonly DayRow[], tailAfter: number): readonly Chunk[] {
  const chunks: { key: string; rows: DayRow[] }[] = [];
  let between: DayRow[] = [];
  const add = (key: string, row: readonly DayRow[]): void => {
    const last = chunks.at(-1);
    if (last?.key === key) last.rows.push(...row);
    else chunks.push({ key, rows: [...row] });
  };
  for (const row of rows) {
    between.push(row);
    if (row.kind !== 'message') continue;
    const { message } = row;
    add(isPending(message) || message.seq > tailAfter ? 'tail' : `${message.seq >> chunkBits}`, between);
    between = [];
  }
  if (between.length > 0) add('tail', between);
  return chunks;
}

/** Whether a row would be drawn as it was. */
export function isSameRow(one: DayRow, other: DayRow): boolean {
  if (one.key !== other.key || one.kind !== other.kind) return false;
  if (one.kind === 'message' && other.kind === 'message')
    return one.message === other.message && one.head === other.head && one.own === other.own && one.parent === other.parent && one.change === other.change;
  if (one.kind === 'gap' && other.kind === 'gap') return one.missing === other.missing;
  if (one.kind === 'comings' && other.kind === 'comings')
    return one.folded === other.folded && one.comings.length === other.comings.length && one.comings.every((coming, i) => coming === other.comings[i]);
  return true;
}

export const areSameRows = (some: readonly DayRow[], others: readonly DayRow[]): boolean =>
  some.length === others.length && some.every((row, i) => isSameRow(row, others[i] as DayRow));
