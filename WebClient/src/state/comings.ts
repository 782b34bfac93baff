import type { Channel } from './chatState';

/** Somebody came into a channel or left it, while this page was there. */
export interface Coming {
  readonly id: number;
  readonly afterSeq: number;
  readonly username: string;
  readonly joined: boolean;
}

/** A channel keeps so many; older ones go. */
const maxKept = 100;

export function withComing(channel: Channel, username: string, joined: boolean): Channel {
  const id = (channel.comings.at(-1)?.id ?? 0) + 1;
  return { ...channel, comings: [...channel.comings, { id, afterSeq: channel.lastSeq, username, joined }].slice(-maxKept) };
}

export const countOf = (comings: readonly Coming[]): { readonly joined: number; readonly left: number } => {
  const joined = comings.filter((coming) => coming.joined).length;
  return { joined, left: comings.length - joined };
};
