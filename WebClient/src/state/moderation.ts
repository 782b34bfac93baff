import type { Kick, SanctionKind } from '../connection/contract';
import { channelKey, type ChannelKey, type ChatState } from './chatState';

/** A ban or a mute of a moment ago, which can be taken back. */
export interface Imposed {
  /** Told apart from the one before. */
  readonly id: number;
  readonly kind: SanctionKind;
  readonly username: string;
  /** Null: on the whole server. */
  readonly channel: string | null;
}

/** The server said what the user's key allows; nothing if none was shown, or it is not good any more. */
export const operating = (state: ChatState, scopes: readonly string[]): ChatState => ({ ...state, scopes });

/** Whether the user may do what moderators do. */
export const moderates = ({ scopes }: ChatState): boolean => scopes.includes('moderation:write');

/** The user was put out of a channel: said until they put it away. */
export const kickArrived = (state: ChatState, kick: Kick): ChatState => ({
  ...state,
  kicks: [...state.kicks.filter(({ channel }) => channelKey(channel) !== channelKey(kick.channel)), kick],
});

export const kickDismissed = (state: ChatState, key: ChannelKey): ChatState => ({
  ...state,
  kicks: state.kicks.filter(({ channel }) => channelKey(channel) !== key),
});

export const imposed = (state: ChatState, sanction: Omit<Imposed, 'id'>): ChatState => ({
  ...state,
  imposed: { ...sanction, id: (state.imposed?.id ?? 0) + 1 },
});

/** It cannot be taken back any more, or was. */
export const imposedLapsed = (state: ChatState, id: number): ChatState => (state.imposed?.id === id ? { ...state, imposed: null } : state);
