import { createContext } from 'preact';
import { useContext, useMemo } from 'preact/hooks';
import type { Channel, ChatState } from '../state/chatState';
import { nobody, type Known } from '../state/mentions';

/** Whom and what the texts on the screen can name, and who reads them. */
export interface KnownNames extends Known {
  /** The reader's name in lower case. */
  readonly own: string;
}

const KnownNamesContext = createContext<KnownNames>({ ...nobody, own: '' });

export const KnownNamesProvider = KnownNamesContext.Provider;

export const useKnownNamesHere = (): KnownNames => useContext(KnownNamesContext);

/** The members of a channel, whoever else wrote what is held of it, and the open channels. Another object only when a name came or went: every text is drawn again then. */
export function useKnownNames(channel: Channel, { channels, session }: Pick<ChatState, 'channels' | 'session'>): KnownNames {
  const own = session?.username.toLowerCase() ?? '';
  const names = useMemo(
    () => sorted([own, ...channel.members.map(({ username }) => username), ...channel.messages.map(({ author }) => author)]),
    [own, channel.members, channel.messages],
  );
  const places = sorted(channels.keys());
  // Names have no line breaks.
  const [namesKey, placesKey] = [names.join('\n'), places.join('\n')];
  return useMemo(() => ({ names: new Set(names), channels: new Set(places), own }), [namesKey, placesKey, own]);
}

const sorted = (names: Iterable<string>): readonly string[] => [...new Set([...new Set(names)].map((name) => name.toLowerCase()))].sort();
