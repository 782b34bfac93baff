import type { HistoryPage, Message } from '../connection/contract';
import type { Channel } from './chatState';

/** How many messages a channel holds at most; what is dropped can be had again from the history. */
export const maxHeld = 400;

/** Whether a message is in a later state than another state of it. */
export const isNewer = (message: Message, than: Message): boolean => (message.rev ?? 0) > (than.rev ?? 0);

/** Joins two lists of messages of one channel: by seq, each once, in its latest state. */
export function mergeBySeq(held: readonly Message[], more: readonly Message[]): readonly Message[] {
  if (more.length === 0) return held;
  const lastHeld = held.at(-1)?.seq ?? 0;
  const inOrder = more.every((message, i) => message.seq > (i === 0 ? lastHeld : (more[i - 1]?.seq ?? 0)));
  if (inOrder) return [...held, ...more];
  const isBefore = more.every((message, i) => message.seq < (more[i + 1] ?? held[0] ?? message).seq);
  if (isBefore) return [...more, ...held];
  const bySeq = new Map<number, Message>();
  for (const message of [...held, ...more]) {
    const known = bySeq.get(message.seq);
    if (!known || isNewer(message, known)) bySeq.set(message.seq, message);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Whether the newest message of the channel is held, so that the next one continues it. */
export const holdsEnd = (channel: Channel): boolean => !channel.hasLater;

export const holds = (channel: Channel, seq: number): boolean => channel.messages.some((message) => message.seq === seq);

/** New messages at the channel's end. If the end is not held, they are only counted: showing them would leave a hole. */
export function appendNew(channel: Channel, messages: readonly Message[], lastSeq = 0): Channel {
  const end = Math.max(channel.lastSeq, lastSeq, messages.at(-1)?.seq ?? 0);
  if (channel.hasLater) return end === channel.lastSeq ? channel : { ...channel, lastSeq: end };
  const merged = mergeBySeq(channel.messages, messages);
  return trim({ ...channel, messages: merged, lastSeq: end }, channel.atEnd ? 'newest' : 'oldest');
}

/** What a page of history was asked with. */
export interface Asked {
  /** Messages before this seq, or after it. */
  readonly side: 'before' | 'after';
  readonly seq: number;
  /** The newest message known at the time. */
  readonly lastSeq: number;
}

/** A page of history, before, between or behind what is held. Keeps the neighbourhood of that page. */
export function insertPage(channel: Channel, page: HistoryPage, asked: Asked): Channel {
  const firstHeld = channel.messages[0]?.seq ?? Infinity;
  const lastHeld = channel.messages.at(-1)?.seq ?? 0;
  const first = page.messages[0]?.seq ?? (asked.side === 'before' ? asked.seq : asked.seq + 1);
  const last = page.messages.at(-1)?.seq ?? first - 1;
  // If nothing is before the page, what is held from before it is gone from the server, and what is missing there with it.
  const held = page.hasEarlier ? channel.messages : channel.messages.filter((message) => message.seq >= first);
  const messages = mergeBySeq(held, page.messages);
  const middle = messages.findIndex((message) => message.seq >= first) + page.messages.length / 2;
  const isFirst = first <= firstHeld;
  const isLast = asked.side === 'after' && last >= lastHeld;
  return trim(
    {
      ...channel,
      messages,
      hasEarlier: isFirst || !page.hasEarlier ? page.hasEarlier : channel.hasEarlier,
      hasLater: isLast ? isMoreBehind(channel, page, last, asked.lastSeq) : channel.hasLater,
    },
    middle > messages.length / 2 ? 'newest' : 'oldest',
  );
}

/** A page in parts of a length, in the order in which they are inserted: from what is held outwards. Each is a page of its own. */
export function partsOf(page: HistoryPage, side: Asked['side'], length: number): readonly HistoryPage[] {
  const { messages, hasEarlier, hasLater } = page;
  if (messages.length <= length) return [page];
  const count = Math.ceil(messages.length / length);
  return Array.from({ length: count }, (_, i) => {
    const part = side === 'after' ? messages.slice(i * length, (i + 1) * length) : messages.slice(Math.max(0, messages.length - (i + 1) * length), messages.length - i * length);
    // Only the outermost knows what is beyond the page.
    return {
      ...page,
      messages: part,
      hasEarlier: hasEarlier || part[0] !== messages[0],
      hasLater: hasLater || part.at(-1) !== messages.at(-1),
    };
  });
}

/** A page in place of everything held: the reader goes to another part of the history. */
export function replaceWith(channel: Channel, page: HistoryPage, lastSeqAsked: number): Channel {
  const last = page.messages.at(-1)?.seq ?? 0;
  return {
    ...channel,
    messages: page.messages,
    lastSeq: Math.max(channel.lastSeq, last),
    hasEarlier: page.hasEarlier,
    hasLater: isMoreBehind(channel, page, last, lastSeqAsked),
  };
}

/** Messages that came while the page was on its way may be behind it although the page does not know them. */
const isMoreBehind = (channel: Channel, page: HistoryPage, last: number, lastSeqAsked: number): boolean =>
  page.hasLater || channel.lastSeq > Math.max(last, lastSeqAsked);

function trim(channel: Channel, keep: 'newest' | 'oldest'): Channel {
  const { messages } = channel;
  if (messages.length <= maxHeld) return channel;
  return keep === 'newest'
    ? { ...channel, messages: messages.slice(-maxHeld), hasEarlier: true }
    : { ...channel, messages: messages.slice(0, maxHeld), hasLater: true };
}
