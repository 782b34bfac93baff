import type { Member } from '../connection/contract';

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
