import type { HistoryPage } from '../connection/contract';
import { withChannel, type Channel, type ChannelKey, type ChatState, type Goal } from './chatState';
import { withoutRemoved } from './removal';
import { withUnplaced } from './revisions';
import { holds, replaceWith } from './timeline';

/**
 * The reader is to be brought to a message, as by a link; null for the channel alone: its first unread message, or its end. Whoever comes
 * back comes to what they were reading.
 */
export function wentTo(state: ChatState, key: ChannelKey, seq: number | null, reading: number | null = null): ChatState {
  return withChannel(state, key, (channel) => {
    if (seq !== null) return withGoal({ ...channel, linkedSeq: seq }, { kind: 'message', seq });
    if (channel.linkedSeq === null) return channel;
    const unlinked = { ...channel, linkedSeq: null, missingSeq: null };
    if (reading !== null) return withGoal(unlinked, { kind: 'reading', seq: reading });
    return channel.phase === 'live' && channel.goal === null ? withGoal(unlinked, { kind: 'end', seq: 0 }) : { ...unlinked, goal: null };
  });
}

/** The reader is to be brought to the newest message, or to the first unread one. */
export const wanted = (state: ChatState, key: ChannelKey, kind: 'unread' | 'end'): ChatState =>
  withChannel(state, key, (channel) =>
    kind === 'end'
      ? withGoal({ ...channel, linkedSeq: null }, { kind, seq: 0 })
      : withGoal(channel, { kind, seq: (channel.newAfterSeq ?? channel.readSeq) + 1 }),
  );

export const withGoal = (channel: Channel, goal: Omit<Goal, 'ready'>): Channel =>
  settled({ ...channel, missingSeq: null, goal: { ...goal, ready: false } });

/** Notes whether the goal, or the nearest place there is, is held already. */
export function settled(channel: Channel): Channel {
  const { goal } = channel;
  if (!goal || goal.ready) return channel;
  const ready: Channel = { ...channel, goal: { ...goal, ready: true } };
  if (goal.kind === 'end') return channel.hasLater ? channel : ready;
  if (holds(channel, goal.seq)) return ready;
  // What else there is, only a channel that is in step knows.
  if (channel.phase !== 'live') return channel;
  const isBeyond = goal.seq > channel.lastSeq && !channel.hasLater;
  const first = channel.messages[0];
  const isBefore = first !== undefined && goal.seq < first.seq && !channel.hasEarlier;
  return isBeyond || isBefore ? withMissing(ready, goal) : channel;
}

/** What a link led to is missing: that is said. The line "new" finds its place by itself. */
const withMissing = (channel: Channel, goal: Goal): Channel =>
  goal.kind === 'message' ? { ...channel, missingSeq: goal.seq } : channel;

/** The surroundings of the goal came, and take the place of everything held. */
export const goalArrived = (state: ChatState, key: ChannelKey, page: HistoryPage, goal: Goal, lastSeqAsked: number): ChatState =>
  withChannel(state, key, (channel) => {
    if (channel.goal !== goal) return channel;
    const replaced = withoutRemoved(replaceWith(channel, page, lastSeqAsked));
    // What came while the end was on its way may be behind it: then there is a further way to go.
    if (goal.kind === 'end') return withUnplaced(settled(replaced));
    const ready = withUnplaced({ ...replaced, goal: { ...goal, ready: true } });
    return holds(ready, goal.seq) ? ready : withMissing(ready, goal);
  });

/** The reader is there, or cannot be brought there. */
export const goalLeft = (state: ChatState, key: ChannelKey, goal: Goal): ChatState =>
  withChannel(state, key, (channel) => (channel.goal === goal ? { ...channel, goal: null } : channel));

export const missingDismissed = (state: ChatState, key: ChannelKey): ChatState =>
  withChannel(state, key, (channel) => (channel.missingSeq === null ? channel : { ...channel, missingSeq: null }));
