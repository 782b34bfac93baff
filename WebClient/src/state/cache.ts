import type { Message } from '../connection/contract';
import { withChannel, type Channel, type ChannelKey, type ChatState } from './chatState';

/** The newest messages of a channel as an earlier page held them: to look at until the server has said how it is now, and for nothing else. */
export interface CachedMessages {
  readonly incarnation: string;
  readonly messages: readonly Message[];
}

/** The most messages of a channel that are kept. */
export const mostCached = 50;

/** What of a channel can be kept: its newest messages, without a hole. Null while they are not held, or may be out of date. */
export function cacheable(channel: Channel): CachedMessages | null {
  const { phase, incarnation, hasLater, changesAfter, messages } = channel;
  if (phase !== 'live' || incarnation === null || hasLater || changesAfter !== null) return null;
  const newest = messages.slice(-mostCached);
  const hole = newest.findLastIndex(({ seq }, i) => i > 0 && newest[i - 1]?.seq !== seq - 1);
  return { incarnation, messages: hole < 0 ? newest : newest.slice(hole) };
}

/** What an earlier page held was read. A channel that is in step already has no use for it. */
export const cacheArrived = (state: ChatState, entries: ReadonlyMap<ChannelKey, CachedMessages>): ChatState =>
  [...entries].reduce(
    (current, [key, cached]) => withChannel(current, key, (channel) => (isWaiting(channel) ? { ...channel, cached } : channel)),
    state,
  );

/** Whether a channel shows what an earlier page held. A reader who is to be brought to a message does not pass by the end first. */
export const showsCache = (channel: Channel): boolean =>
  isWaiting(channel) && channel.goal === null && channel.linkedSeq === null && (channel.cached?.messages.length ?? 0) > 0;

/** The channel as it is drawn. Nothing but the drawing takes what is cached for messages: neither what is unread nor what is asked of the server. */
export const asShown = (channel: Channel): Channel =>
  showsCache(channel) && channel.cached ? { ...channel, messages: channel.cached.messages, hasEarlier: true, loading: true } : channel;

const isWaiting = ({ phase, incarnation }: Channel): boolean => phase === 'entering' && incarnation === null;
