import type { Member } from '../connection/contract';
import type { Channel, ChatState } from './chatState';

export interface MemberCount {
  readonly all: number;
  readonly web: number;
  readonly native: number;
}

export function countMembers(members: readonly Member[]): MemberCount {
  const native = members.filter((member) => member.origin === 'native').length;
  return { all: members.length, web: members.length - native, native };
}

/** By name, in the reader's own alphabet. */
export const sortMembers = (members: readonly Member[]): readonly Member[] =>
  [...members].sort((a, b) => a.username.localeCompare(b.username));

export interface MemberGroups {
  readonly operators: readonly Member[];
  readonly others: readonly Member[];
}

/** Operators and the others, each by name; of those whose names hold what is looked for. */
export function groupMembers(members: readonly Member[], filter: string): MemberGroups {
  const wanted = filter.trim().toLowerCase();
  const sorted = sortMembers(members.filter(({ username }) => username.toLowerCase().includes(wanted)));
  return { operators: sorted.filter(({ operator }) => operator), others: sorted.filter(({ operator }) => !operator) };
}

/** Somebody as the channels show them that the reader is in, too. */
export interface Known {
  /** As they are now; null if they are in none of these channels. */
  readonly member: Member | null;
  /** Where they are: the channel on the screen first, the others as they were entered. */
  readonly shared: readonly Channel[];
  /** Somebody else, or the same person later, goes by the name now. */
  readonly succeeded: boolean;
}

/** What the page knows of a session. @param id The session; a name alone may be another one's by now. */
export function knownOf(state: ChatState, id: string, username: string): Known {
  const shared = [...state.channels.values()]
    .filter(({ members }) => members.some((member) => member.id === id))
    .sort((a, b) => Number(b.key === state.active) - Number(a.key === state.active));
  const member = shared[0]?.members.find((each) => each.id === id) ?? null;
  const name = username.toLowerCase();
  const succeeded = member === null && [...state.channels.values()].some(({ members }) => members.some((each) => each.username.toLowerCase() === name));
  return { member, shared, succeeded };
}
