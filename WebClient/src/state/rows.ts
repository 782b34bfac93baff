import type { Message } from '../connection/contract';
import type { Coming } from './comings';
import type { Preferences } from './preferences';
import type { Channel, OwnChange, PendingMessage } from './chatState';

/** One line of the conversation as it is shown. A head row names its author; the rows under it are the same author's. */
export type Row = { readonly kind: 'day'; readonly key: string; readonly date: string } | DayRow;

/** A row that stands within a day. */
export type DayRow =
  | { readonly kind: 'new'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly beforeSeq: number; readonly missing: number }
  | { readonly kind: 'notice'; readonly key: string; readonly text: string; readonly own: boolean }
  | { readonly kind: 'comings'; readonly key: string; readonly comings: readonly Coming[]; readonly folded: boolean }
  | MessageRow;

/** A message of the log, or an own one that is still on its way: the same row before and after it is confirmed. */
export interface MessageRow {
  readonly kind: 'message';
  readonly key: string;
  readonly message: Message | PendingMessage;
  readonly head: boolean;
  readonly own: boolean;
  /** The message it answers: null if none, a seq if it is not held. */
  readonly parent: Message | number | null;
  readonly change: OwnChange | null;
}

export const isPending = (message: Message | PendingMessage): message is PendingMessage => 'phase' in message;

/** Messages of one author share a head if no more than this lies between two of them. */
const groupWithin = 5 * 60_000;

interface Previous {
  readonly authorId: string;
  readonly origin: string;
  readonly at: number;
}

/** The rows of a channel, the own messages that still wait at its end. */
export function rowsOf(channel: Channel, pending: readonly PendingMessage[], ownId: string, shown: Preferences['comings'] = 'folded'): readonly Row[] {
  const rows: Row[] = [];
  const confirmed = new Set<string>();
  let previous: Previous | null = null;
  let day = '';
  let lastSeq: number | null = null;
  let notice = 0;

  const breakWith = (row: Row): void => {
    rows.push(row);
    previous = null;
  };
  const placeNoticesBefore = (seq: number): void => {
    for (let next = channel.notices[notice]; next && next.afterSeq < seq; next = channel.notices[++notice]) {
      breakWith({ kind: 'notice', key: `notice ${next.id}`, text: next.text, own: next.own === true });
    }
  };
  let coming = 0;
  /** Those between the same two messages are one row, so they never reach over the line "new", which stands right before a message. */
  const placeComingsBefore = (seq: number): void => {
    const from = coming;
    while ((channel.comings[coming]?.afterSeq ?? Infinity) < seq) coming++;
    // What came before the first message held belongs to a place that is not held.
    if (coming === from || shown === 'hidden' || (lastSeq === null && channel.hasEarlier)) return;
    const comings = channel.comings.slice(from, coming);
    const lines = shown === 'folded' ? [comings] : comings.map((each) => [each]);
    for (const line of lines) breakWith({ kind: 'comings', key: `comings ${line[0]?.id}`, comings: line, folded: line.length > 1 });
  };
  const isHead = (authorId: string, origin: string, at: number): boolean => {
    const continues =
      previous !== null && previous.authorId === authorId && previous.origin === origin && at - previous.at <= groupWithin;
    previous = { authorId, origin, at };
    return !continues;
  };
  const beginDay = (date: string): void => {
    if (date !== day) breakWith({ kind: 'day', key: `day ${date}`, date });
    day = date;
  };

  const bySeq = new Map(channel.messages.map((message) => [message.seq, message]));
  const parentOf = (seq: number | null | undefined): MessageRow['parent'] => (seq == null ? null : (bySeq.get(seq) ?? seq));

  for (const message of channel.messages) {
    placeComingsBefore(message.seq);
    placeNoticesBefore(message.seq);
    if (lastSeq !== null && message.seq > lastSeq + 1) {
      const missing = message.seq - lastSeq - 1;
      breakWith({ kind: 'gap', key: `gap ${message.seq}`, beforeSeq: message.seq, missing });
    }
    const { at, date } = timeOf(message);
    beginDay(date);
    if (isFirstNew(channel, message.seq, lastSeq)) breakWith({ kind: 'new', key: 'new' });
    const own = message.authorId === ownId;
    if (message.clientMessageId !== undefined) confirmed.add(message.clientMessageId);
    rows.push({
      kind: 'message', key: rowKey(message), message, own,
      head: isHead(message.authorId, message.origin, at) || message.replyTo !== undefined,
      parent: parentOf(message.replyTo), change: channel.changes.get(message.seq) ?? null,
    });
    lastSeq = message.seq;
  }
  // What waits comes behind the newest message: where that is not held, neither is the place.
  if (channel.hasLater) return rows;
  placeComingsBefore(Infinity);
  placeNoticesBefore(Infinity);
  for (const message of pending) {
    if (message.channel !== channel.key || confirmed.has(message.id)) continue;
    beginDay(localDay(message.createdAt));
    rows.push({
      kind: 'message', key: message.id, message, own: true,
      head: isHead(ownId, 'web', message.createdAt) || message.replyTo !== null,
      parent: parentOf(message.replyTo), change: null,
    });
  }
  return rows;
}

/** The rows without the messages of people whom the reader does not want to see: of names in lower case. Own ones stay. */
export function withoutHidden(rows: readonly Row[], hidden: readonly string[]): readonly Row[] {
  if (hidden.length === 0) return rows;
  return rows.filter((row) => row.kind !== 'message' || row.own || isPending(row.message) || !hidden.includes(row.message.author.toLowerCase()));
}

/** Whether the line "new" belongs before a message, the one of seq `lastSeq` standing before it: not at the channel's very beginning. */
function isFirstNew({ newAfterSeq }: Channel, seq: number, lastSeq: number | null): boolean {
  if (newAfterSeq === null || seq <= newAfterSeq) return false;
  return lastSeq === null ? newAfterSeq > 0 && seq === newAfterSeq + 1 : lastSeq <= newAfterSeq;
}

/** The rows that share a day separator; `date` is empty for what stands before the first one. */
export interface Day {
  readonly date: string;
  readonly rows: readonly DayRow[];
}

export function daysOf(rows: readonly Row[]): readonly Day[] {
  const days: { date: string; rows: DayRow[] }[] = [];
  for (const row of rows) {
    if (row.kind === 'day') days.push({ date: row.date, rows: [] });
    else if (days.length === 0) days.push({ date: '', rows: [row] });
    else days.at(-1)?.rows.push(row);
  }
  return days;
}

/** An own message keeps the key it waited under, so that its row stays the same element when it is confirmed. */
const rowKey = (message: Message): string => message.clientMessageId ?? message.id;

const times = new WeakMap<Message, { readonly at: number; readonly date: string }>();

/** When a message was sent, worked out once: rows are made of all that are held whenever one is added. */
function timeOf(message: Message): { readonly at: number; readonly date: string } {
  const known = times.get(message);
  if (known) return known;
  const at = Date.parse(message.sentAt);
  const time = { at, date: localDay(at) };
  times.set(message, time);
  return time;
}

function localDay(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
