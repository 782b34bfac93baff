import type { Message } from '../connection/contract';
import type { Problem } from '../connection/chatError';
import { withChannel, type Channel, type ChannelKey, type ChatState, type Composing, type OwnChange } from './chatState';
import { isNewer } from './timeline';

/** A message changed. It is remembered only while a page is on its way that may bring it in an older state. */
export function revise(channel: Channel, message: Message): Channel {
  const rev = Math.max(channel.rev, message.rev ?? 0);
  const placed = placeIn(channel, message);
  if (channel.loading || channel.goal?.ready === false) return { ...placed, rev, unplaced: [...channel.unplaced, message] };
  return placed === channel && rev === channel.rev ? channel : { ...placed, rev };
}

/** A page came, or a part of it: what changed while it was on its way is put right in it. */
export function withUnplaced(channel: Channel, isWhole = true): Channel {
  const { unplaced, goal } = channel;
  if (unplaced.length === 0) return channel;
  const placed = unplaced.reduce(placeIn, channel);
  return { ...placed, unplaced: isWhole && goal?.ready !== false ? [] : unplaced };
}

/** A message that is not held, or held in a later state, changes nothing. */
function placeIn(channel: Channel, message: Message): Channel {
  const at = channel.messages.findIndex(({ seq }) => seq === message.seq);
  const held = channel.messages[at];
  if (!held || !isNewer(message, held)) return channel;
  // What cannot be answered or edited any more is not.
  const composing = message.deletedAt !== undefined && channel.composing?.seq === message.seq ? null : channel.composing;
  return { ...channel, composing, messages: channel.messages.with(at, message) };
}

/** A connection came back: what changed in between has to be asked for, unless nothing did. */
export function continued(channel: Channel, rev: number): Channel {
  const after = channel.changesAfter ?? channel.rev;
  return { ...channel, rev: Math.max(channel.rev, rev), changesAfter: after < rev ? after : null };
}

/** Messages in the state in which the server has them now, as far as they are held. */
export const revised = (state: ChatState, key: ChannelKey, messages: readonly Message[]): ChatState =>
  withChannel(state, key, (channel) => messages.reduce(revise, channel));

/** The server told what changed in an absence, through a revision. */
export const changesArrived = (state: ChatState, key: ChannelKey, messages: readonly Message[], rev: number): ChatState =>
  withChannel(revised(state, key, messages), key, (channel) => ({ ...channel, rev: Math.max(channel.rev, rev), changesAfter: null }));

export const changeBegun = (state: ChatState, key: ChannelKey, seq: number, change: OwnChange): ChatState =>
  withChannel(state, key, (channel) => ({ ...channel, changes: new Map(channel.changes).set(seq, change) }));

export const changeRefused = (state: ChatState, key: ChannelKey, seq: number, change: OwnChange, problem: Problem): ChatState =>
  changeBegun(state, key, seq, { ...change, problem });

/** It is done, or its author gave it up. */
export const changeEnded = (state: ChatState, key: ChannelKey, seq: number): ChatState =>
  withChannel(state, key, (channel) => {
    if (!channel.changes.has(seq)) return channel;
    const changes = new Map(channel.changes);
    changes.delete(seq);
    return { ...channel, changes };
  });

/** The composer is to answer or edit a message, or neither. */
export const composingChanged = (state: ChatState, key: ChannelKey, composing: Composing | null): ChatState =>
  withChannel(state, key, (channel) => (channel.composing === composing ? channel : { ...channel, composing }));

/** The newest own message that can be edited, of those held; undefined if there is none. */
export const lastOwn = (channel: Channel, ownId: string): Message | undefined =>
  channel.messages.findLast(({ authorId, deletedAt }) => authorId === ownId && deletedAt === undefined);
