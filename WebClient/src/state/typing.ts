import { withChannel, type Channel, type ChannelKey, type ChatState } from './chatState';

/** More than so many are not named. */
const maxNamed = 3;

/** Somebody is typing. The user is not told of themselves in another tab. */
export const typingBegan = (state: ChatState, key: ChannelKey, memberId: string): ChatState =>
  withChannel(state, key, (channel) =>
    memberId === state.session?.sessionId || channel.typing.includes(memberId)
      ? channel
      : { ...channel, typing: [...channel.typing, memberId] },
  );

export const typingEnded = (state: ChatState, key: ChannelKey, memberId: string): ChatState =>
  withChannel(state, key, (channel) => withoutTyping(channel, memberId));

/** Their message came, or they left. */
export const withoutTyping = (channel: Channel, memberId: string): Channel =>
  channel.typing.includes(memberId) ? { ...channel, typing: channel.typing.filter((id) => id !== memberId) } : channel;

/** The names of those who type; null if there are too many to name. */
export function typingNames({ typing, members }: Channel): readonly string[] | null {
  const names = members.filter(({ id }) => typing.includes(id)).map(({ username }) => username);
  return names.length > maxNamed ? null : names;
}
