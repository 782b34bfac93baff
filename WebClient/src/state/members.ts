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
