import {
  withChannel, type Channel, type ChannelKey, type ChatState, type ReadUndo,
} from './chatState';
import { withGoal } from './goals';
import { holdsEnd } from './timeline';

/** How many messages of others are behind the marker; where not all of them are held, how many messages at all. */
export function unreadCount(channel: Channel, ownId: string | undefined): number {
  const { messages, readSeq, lastSeq, hasEarlier, hasLater } = channel;
  if (lastSeq <= readSeq) return 0;
  let held = 0;
  let others = 0;
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i];
    if (!message || message.seq <= readSeq) break;
    held++;
    if (message.authorId !== ownId) others++;
  }
  const first = messages[0];
  const isGone = first !== undefined && first.seq > readSeq && !hasEarlier && lastSeq - first.seq + 1 === held;
  return !hasLater && (held === lastSeq - readSeq || isGone) ? others : lastSeq - readSeq;
}

const unreadIn = (state: ChatState, channel: Channel): number => unreadCount(channel, state.session?.sessionId);

/** Whether the reader sees the newest message and means to: the page in front, nothing left to scroll, no other place to be brought to. */
const isLookedAt = (state: ChatState, channel: Channel): boolean =>
  state.attentive && state.active === channel.key && channel.phase === 'live'
  && channel.atEnd && holdsEnd(channel) && channel.goal === null && !channel.keptUnread;

const readToEnd = (state: ChatState, channel: Channel): Channel =>
  channel.readSeq < channel.lastSeq && isLookedAt(state, channel) ? { ...channel, readSeq: channel.lastSeq } : channel;

/** The line "new" stands where unread messages begin, and stays there. */
export const withLine = (state: ChatState, channel: Channel): Channel =>
  channel.newAfterSeq === null && unreadIn(state, channel) > 0 ? { ...channel, newAfterSeq: channel.readSeq } : channel;

/** Messages came: they are read if they are being looked at, otherwise the line "new" stands before the first of them. */
export const noteArrival = (state: ChatState, key: ChannelKey): ChatState =>
  withChannel(state, key, (channel) => {
    const read = readToEnd(state, channel);
    return read === channel && state.active === key ? withLine(state, channel) : read;
  });

/** The reader scrolled to the end, or away from it. */
export const viewMoved = (state: ChatState, key: ChannelKey, atEnd: boolean): ChatState =>
  withChannel(state, key, (channel) => readToEnd(state, channel.atEnd === atEnd ? channel : { ...channel, atEnd }));

/** The page came to the front, or went away from it. */
export function attentionChanged(state: ChatState, attentive: boolean): ChatState {
  if (state.attentive === attentive) return state;
  const changed = { ...state, attentive };
  if (state.active === null) return changed;
  // Whatever comes while nobody looks is new: the line of an earlier absence has served its time.
  return withChannel(changed, state.active, (channel) => {
    if (attentive) return readToEnd(changed, channel);
    return channel.newAfterSeq !== null && channel.readSeq >= channel.lastSeq ? { ...channel, newAfterSeq: null } : channel;
  });
}

/** A channel comes on the screen: what is unread there is marked, and the reader brought to its first message. */
export function comeInto(state: ChatState, channel: Channel): Channel {
  if (channel.incarnation === null || unreadIn(state, channel) === 0) return { ...channel, newAfterSeq: null };
  const marked = { ...channel, newAfterSeq: channel.readSeq };
  return channel.goal ? marked : withGoal(marked, { kind: 'unread', seq: channel.readSeq + 1 });
}

/** A channel goes from the screen. */
export const goneFrom = (channel: Channel): Channel => ({
  ...channel, newAfterSeq: null, keptUnread: false, goal: null, linkedSeq: null, missingSeq: null,
});

/** The server says how far the user has read. What this page has noted meanwhile and not told yet holds. */
export function withMarker(channel: Channel, seq: number): Channel {
  const { readSeq, notedSeq } = channel;
  const read = readSeq === notedSeq ? seq : readSeq > notedSeq ? Math.max(readSeq, seq) : Math.min(readSeq, seq);
  if (read === readSeq && seq === notedSeq) return channel;
  const lowered = read < readSeq && channel.newAfterSeq !== null ? { newAfterSeq: read } : {};
  return { ...channel, ...lowered, readSeq: read, notedSeq: seq };
}

export const markerArrived = (state: ChatState, key: ChannelKey, seq: number): ChatState =>
  noteArrival(withChannel(state, key, (channel) => withMarker(channel, seq)), key);

/** The server took a marker. If it has told of another since, that one holds. */
export const markerNoted = (state: ChatState, key: ChannelKey, before: number, seq: number): ChatState =>
  withChannel(state, key, (channel) => (channel.notedSeq === before && before !== seq ? { ...channel, notedSeq: seq } : channel));

/** A message and all after it are unread again, whatever is on the screen. */
export const markedUnread = (state: ChatState, key: ChannelKey, seq: number): ChatState =>
  withChannel(state, key, (channel) => {
    const readSeq = Math.min(channel.readSeq, seq - 1);
    // What is being told just now counts as noted, so that its echo does not pass for a later word than this one.
    const notedSeq = Math.max(channel.notedSeq, channel.readSeq);
    return { ...channel, readSeq, notedSeq, keptUnread: true, newAfterSeq: state.active === key ? readSeq : channel.newAfterSeq };
  });

/** Channels are read, wherever their readers are. It can be taken back. */
export function markedRead(state: ChatState, keys: Iterable<ChannelKey>): ChatState {
  const channels = new Map(state.channels);
  const markers: ReadUndo['markers'][number][] = [];
  for (const key of keys) {
    const channel = channels.get(key);
    if (!channel || channel.readSeq >= channel.lastSeq) continue;
    if (unreadIn(state, channel) > 0) markers.push({ key, incarnation: channel.incarnation, readSeq: channel.readSeq });
    channels.set(key, { ...channel, readSeq: channel.lastSeq, keptUnread: false });
  }
  return markers.length === 0 ? state : { ...state, channels, undo: { id: (state.undo?.id ?? 0) + 1, markers } };
}

/** Takes back that channels were marked as read. */
export function readUndone(state: ChatState): ChatState {
  const undone = (state.undo?.markers ?? []).reduce(
    (changed, { key, incarnation, readSeq }) =>
      state.channels.get(key)?.incarnation === incarnation ? markedUnread(changed, key, readSeq + 1) : changed,
    state,
  );
  return { ...undone, undo: null };
}

/** It cannot be taken back any more. */
export const undoLapsed = (state: ChatState, id: number): ChatState => (state.undo?.id === id ? { ...state, undo: null } : state);
