import type { Message } from '../connection/contract';
import type { Channel } from './chatState';

/** How many messages a channel holds at most; what is dropped can be had again from the history. */
export const maxHeld = 400;

/** Joins two lists of messages of one channel: by seq, each once. */
export function mergeBySeq(held: readonly Message[], more: readonly Message[]): readonly Message[] {
  if (more.length === 0) return held;
  const lastHeld = held.at(-1)?.seq ?? 0;
  const inOrder = more.every((message, i) => message.seq > (i === 0 ? lastHeld : (more[i - 1]?.seq ?? 0)));
  if (inOrder) return [...held, ...more];
  const bySeq = new Map<number, Message>();
  for (const message of [...more, ...held]) bySeq.set(message.seq, message);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Whether the newest message of the channel is among those held, so that the next one continues them. */
export const holdsEnd = (channel: Channel): boolean => (channel.messages.at(-1)?.seq ?? 0) === channel.lastSeq || channel.messages.length === 0;

/** New messages at the channel's end. If the end is not held, they are only counted: showing them would leave a hole. */
export function appendNew(channel: Channel, messages: readonly Message[], lastSeq = 0): Channel {
  const end = Math.max(channel.lastSeq, lastSeq, messages.at(-1)?.seq ?? 0);
  if (!holdsEnd(channel)) return end === channel.lastSeq ? channel : { ...channel, lastSeq: end };
  const merged = mergeBySeq(channel.messages, messages);
  return trim({ ...channel, messages: merged, lastSeq: end }, channel.atEnd ? 'newest' : 'oldest');
}

/** A page of history, before, between or behind what is held. Keeps the neighbourhood of that page. */
export function insertPage(channel: Channel, page: readonly Message[], hasEarlier: boolean): Channel {
  const first = page[0]?.seq ?? 0;
  const isFirst = first <= (channel.messages[0]?.seq ?? Infinity);
  const messages = mergeBySeq(channel.messages, page);
  const middle = messages.findIndex((message) => message.seq >= first) + page.length / 2;
  return trim(
    { ...channel, messages, hasEarlier: isFirst ? hasEarlier : channel.hasEarlier },
    middle > messages.length / 2 ? 'newest' : 'oldest',
  );
}

/** The newest page in place of everything held: the reader jumps to the end. */
export function replaceWithEnd(channel: Channel, page: readonly Message[], hasEarlier: boolean): Channel {
  const newer = channel.messages.filter((message) => message.seq > (page.at(-1)?.seq ?? 0));
  const messages = mergeBySeq(page, newer);
  const lastSeq = Math.max(channel.lastSeq, messages.at(-1)?.seq ?? 0);
  return { ...channel, messages, hasEarlier, lastSeq, atEnd: true };
}

function trim(channel: Channel, keep: 'newest' | 'oldest'): Channel {
  const { messages } = channel;
  if (messages.length <= maxHeld) return channel;
  return keep === 'newest'
    ? { ...channel, messages: messages.slice(-maxHeld), hasEarlier: true }
    : { ...channel, messages: messages.slice(0, maxHeld) };
}
