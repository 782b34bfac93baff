import type { Problem } from '../connection/chatError';
import type { ChannelSnapshot, HistoryPage, Member } from '../connection/contract';
import {
  channelKey, newChannel, withChannel, type Channel, type ChannelEvent, type ChannelKey, type ChatState,
} from './chatState';
import { appendNew, holdsEnd, insertPage, replaceWithEnd } from './timeline';

/** Where a channel was read to, as kept over a reload. */
export interface Place {
  readonly name: string;
  readonly incarnation: string | null;
  readonly readSeq: number;
}

/** Lists channels that were entered before, without leaving those already listed. */
export function channelsListed(state: ChatState, places: readonly Place[]): ChatState {
  const channels = new Map(state.channels);
  for (const place of places) {
    const channel = newChannel(place.name);
    if (!channels.has(channel.key)) {
      channels.set(channel.key, { ...channel, incarnation: place.incarnation, readSeq: place.readSeq });
    }
  }
  return channels.size === state.channels.size ? state : { ...state, channels };
}

/** A snapshot is asked for: until it is there, events wait. */
export const entering = (state: ChatState, key: ChannelKey): ChatState =>
  withChannel(state, key, (channel) => ({ ...channel, phase: 'entering', refusal: null, early: [] }));

export const refused = (state: ChatState, key: ChannelKey, refusal: Problem): ChatState =>
  withChannel(state, key, (channel) => ({ ...channel, phase: 'refused', refusal }));

export function snapshotArrived(state: ChatState, key: ChannelKey, snapshot: ChannelSnapshot): ChatState {
  const entered = withChannel(state, key, (channel) => {
    const sameLife = channel.incarnation === snapshot.incarnation;
    const firstVisit = channel.incarnation === null;
    const held: Channel = sameLife ? channel : { ...newChannel(snapshot.channel), atEnd: channel.atEnd };
    const isEmpty = held.messages.length === 0;
    const filled: Channel = {
      ...appendNew({ ...held, lastSeq: isEmpty ? 0 : held.lastSeq }, snapshot.messages, snapshot.lastSeq),
      name: snapshot.channel,
      phase: 'live',
      incarnation: snapshot.incarnation,
      members: snapshot.members,
      early: [],
    };
    return channel.early.reduce(applyEvent, {
      ...filled,
      hasEarlier: isEmpty ? snapshot.hasEarlier : filled.hasEarlier,
      // What was there before the first visit counts as read; in a channel that was opened anew, everything is new.
      readSeq: firstVisit ? snapshot.lastSeq : filled.readSeq,
    });
  });
  // The line shows what was missed, even to a reader who now sits right before it.
  return noteArrival(withChannel(entered, key, withLineBeforeUnread), key);
}

export function channelEvent(state: ChatState, key: ChannelKey, event: ChannelEvent): ChatState {
  const own = event.type === 'posted' && event.message.authorId === state.session?.sessionId;
  const changed = withChannel(state, key, (channel) => {
    if (channel.phase !== 'live') return { ...channel, early: [...channel.early, event] };
    const applied = applyEvent(channel, event);
    return own ? { ...applied, readSeq: Math.max(applied.readSeq, event.message.seq), newAfterSeq: null } : applied;
  });
  return event.type === 'posted' ? noteArrival(changed, key) : changed;
}

function applyEvent(channel: Channel, event: ChannelEvent): Channel {
  switch (event.type) {
    case 'posted':
      return appendNew(channel, [event.message]);
    case 'joined':
      return { ...channel, members: withMember(channel.members, event.member) };
    case 'changed':
      return channel.members.some((member) => member.id === event.member.id)
        ? { ...channel, members: withMember(channel.members, event.member) }
        : channel;
    case 'left':
      return { ...channel, members: channel.members.filter((member) => member.id !== event.memberId) };
  }
}

const withMember = (members: readonly Member[], member: Member): readonly Member[] =>
  members.some((old) => old.id === member.id)
    ? members.map((old) => (old.id === member.id ? member : old))
    : [...members, member];

/** Messages came: they are read if they are being looked at, otherwise the line "new" stands before the first of them. */
function noteArrival(state: ChatState, key: ChannelKey): ChatState {
  return withChannel(state, key, (channel) => {
    if (channel.readSeq >= channel.lastSeq) return channel;
    if (isLookedAt(state, channel)) return { ...channel, readSeq: channel.lastSeq };
    return withLineBeforeUnread(channel);
  });
}

const withLineBeforeUnread = (channel: Channel): Channel =>
  channel.readSeq < channel.lastSeq && channel.newAfterSeq === null ? { ...channel, newAfterSeq: channel.readSeq } : channel;

const isLookedAt = (state: ChatState, channel: Channel): boolean =>
  state.attentive && state.active === channel.key && channel.atEnd && holdsEnd(channel) && channel.phase === 'live';

/** The reader scrolled to the end, or away from it. */
export function viewMoved(state: ChatState, key: ChannelKey, atEnd: boolean): ChatState {
  return markRead(withChannel(state, key, (channel) => (channel.atEnd === atEnd ? channel : { ...channel, atEnd })));
}

/** The page came to the front, or went away from it. */
export function attentionChanged(state: ChatState, attentive: boolean): ChatState {
  if (state.attentive === attentive) return state;
  const changed = { ...state, attentive };
  if (attentive) return markRead(changed);
  // Whatever comes while nobody looks is new: the line of an earlier absence has served its time.
  return state.active === null ? changed : withChannel(changed, state.active, withoutOldLine);
}

const withoutOldLine = (channel: Channel): Channel =>
  channel.newAfterSeq !== null && channel.readSeq >= channel.lastSeq ? { ...channel, newAfterSeq: null } : channel;

function markRead(state: ChatState): ChatState {
  if (state.active === null) return state;
  return withChannel(state, state.active, (channel) =>
    isLookedAt(state, channel) && channel.readSeq < channel.lastSeq ? { ...channel, readSeq: channel.lastSeq } : channel,
  );
}

/** Shows another channel, or none. */
export function activated(state: ChatState, key: ChannelKey | null): ChatState {
  if (state.active === key || (key !== null && !state.channels.has(key))) return state;
  const left = state.active === null ? state : withChannel(state, state.active, withoutOldLine);
  return { ...left, active: key };
}

/** Takes a channel out of the list; another takes its place on the screen. */
export function channelRemoved(state: ChatState, key: ChannelKey): ChatState {
  if (!state.channels.has(key)) return state;
  const keys = [...state.channels.keys()];
  const channels = new Map(state.channels);
  channels.delete(key);
  const place = keys.indexOf(key);
  const active = state.active === key ? (keys[place + 1] ?? keys[place - 1] ?? null) : state.active;
  return { ...state, channels, active };
}

export const loadingChanged = (state: ChatState, key: ChannelKey, loading: boolean): ChatState =>
  withChannel(state, key, (channel) => (channel.loading === loading ? channel : { ...channel, loading }));

export const pageArrived = (state: ChatState, key: ChannelKey, page: HistoryPage): ChatState =>
  withChannel(state, key, (channel) => insertPage(channel, page.messages, page.hasEarlier));

export const endArrived = (state: ChatState, key: ChannelKey, page: HistoryPage): ChatState =>
  markRead(withChannel(state, key, (channel) => replaceWithEnd(channel, page.messages, page.hasEarlier)));

/** The connection is gone: what is shown may be out of date until the next snapshot. */
export function connectionLost(state: ChatState): ChatState {
  const channels = new Map(state.channels);
  for (const [key, channel] of channels) {
    if (channel.phase === 'live') channels.set(key, { ...channel, phase: 'entering', early: [] });
  }
  return { ...state, channels };
}

export const unreadCount = (channel: Channel): number => Math.max(0, channel.lastSeq - channel.readSeq);


/** Where each channel was read to. */
export const placesOf = (state: ChatState): readonly Place[] =>
  [...state.channels.values()].map(({ name, incarnation, readSeq }) => ({ name, incarnation, readSeq }));

/** Another tab read further. */
export function placesMerged(state: ChatState, places: readonly Place[]): ChatState {
  return places.reduce(
    (merged, place) =>
      withChannel(merged, channelKey(place.name), (channel) =>
        place.incarnation === channel.incarnation && place.readSeq > channel.readSeq
          ? { ...channel, readSeq: place.readSeq }
          : channel,
      ),
    state,
  );
}
