import type { Channel, ChannelKey, ChatState } from './chatState';
import { fitting } from './fuzzy';
import { unreadCount } from './reading';

/** A channel above or below the one on the screen, around the ends; of unread ones only, if wanted. Null if there is none. */
export function neighbour(state: ChatState, by: 1 | -1, unreadOnly: boolean): Channel | null {
  const all = [...state.channels.values()];
  const at = all.findIndex(({ key }) => key === state.active);
  for (let step = 1; step <= all.length; step++) {
    const index = at < 0 ? (by > 0 ? step - 1 : all.length - step) : at + by * step;
    const channel = all[(((index % all.length) + all.length) % all.length)];
    if (channel && channel.key !== state.active && (!unreadOnly || isUnread(state, channel))) return channel;
  }
  return null;
}

/** The first channel in which something is unread; null if nowhere. */
export const firstUnread = (state: ChatState): Channel | null => [...state.channels.values()].find((channel) => isUnread(state, channel)) ?? null;

/** Channels whose names have these letters, those shown last first; the one on the screen comes last. */
export function switchable(state: ChatState, letters: string): readonly Channel[] {
  const others = state.recent.filter((key) => key !== state.active);
  const order = new Map<ChannelKey, number>(others.map((key, at) => [key, at]));
  const rank = ({ key }: Channel): number => (key === state.active ? Infinity : (order.get(key) ?? others.length));
  const recentFirst = [...state.channels.values()].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  return fitting(letters.replace(/^[@#]/, ''), recentFirst, ({ name }) => name.slice(1));
}

const isUnread = (state: ChatState, channel: Channel): boolean => unreadCount(channel, state.session?.sessionId) > 0;
