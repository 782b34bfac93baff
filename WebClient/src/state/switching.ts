import type { Channel, ChannelKey, ChatState } from './chatState';
import { fitting } from './fuzzy';

/** The next channel of a list above or below the one on the screen that fits, around the ends; null if there is none. */
export function neighbour(listed: readonly Channel[], active: ChannelKey | null, by: 1 | -1, fits: (channel: Channel) => boolean = () => true): Channel | null {
  const at = listed.findIndex(({ key }) => key === active);
  const from = at < 0 && by < 0 ? 0 : at;
  for (let step = 1; step <= listed.length; step++) {
    const channel = listed[(from + by * step + listed.length) % listed.length];
    if (channel && channel.key !== active && fits(channel)) return channel;
  }
  return null;
}

/** Channels whose names have these letters, those shown last first; the one on the screen comes last. */
export function switchable(state: ChatState, letters: string): readonly Channel[] {
  const others = state.recent.filter((key) => key !== state.active);
  const order = new Map<ChannelKey, number>(others.map((key, at) => [key, at]));
  const rank = ({ key }: Channel): number => (key === state.active ? Infinity : (order.get(key) ?? others.length));
  const recentFirst = [...state.channels.values()].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
  return fitting(letters.replace(/^[@#]/, ''), recentFirst, ({ name }) => name.slice(1));
}
