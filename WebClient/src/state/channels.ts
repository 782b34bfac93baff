import type { Problem } from '../connection/chatError';
import type { ChannelSnapshot, HistoryPage, Member, Mute } from '../connection/contract';
import { withComing } from './comings';
import { newChannel, withChannel, type Channel, type ChannelEvent, type ChannelKey, type ChatState } from './chatState';
import { settled } from './goals';
import { continued, revise, withUnplaced } from './revisions';
import { comeInto, goneFrom, noteArrival, withLine, withMarker } from './reading';
import { removed, withoutRemoved } from './removal';
import { appendNew, insertPage, type Asked } from './timeline';
import { withoutTyping } from './typing';

/** A channel as it is kept over a reload. How far it was read, the server knows. */
export interface Place {
  readonly name: string;
}

/** Lists channels that were entered before, without leaving those already listed. */
export function channelsListed(state: ChatState, places: readonly Place[]): ChatState {
  const channels = new Map(state.channels);
  for (const place of places) {
    const channel = newChannel(place.name);
    if (!channels.has(channel.key)) channels.set(channel.key, channel);
  }
  return channels.size === state.channels.size ? state : { ...state, channels };
}

/** A snapshot is asked for: until it is there, events wait. */
export const entering = (state: ChatState, key: ChannelKey): ChatState =>
  withChannel(state, key, (channel) => ({ ...channel, phase: 'entering', refusal: null, early: [] }));

export const refused = (state: ChatState, key: ChannelKey, refusal: Problem): ChatState =>
  withChannel(state, key, (channel) => ({ ...channel, phase: 'refused', refusal }));

export function snapshotArrived(state: ChatState, key: ChannelKey, snapshot: ChannelSnapshot): ChatState {
  const arrived = withChannel(state, key, (channel) => {
    const held = heldBefore(channel, snapshot);
    const isFirst = held.messages.length === 0;
    const filled: Channel = {
      ...appendNew(isFirst ? { ...held, hasLater: false, lastSeq: 0 } : held, snapshot.messages, snapshot.lastSeq),
      name: snapshot.channel,
      phase: 'live',
      incarnation: snapshot.incarnation,
      members: snapshot.members,
      settings: snapshot.settings,
      mute: snapshot.mute,
      typing: [],
      early: [],
    };
    const complete = channel.early.reduce(applyEvent, {
      ...withMarker(isFirst ? { ...filled, rev: snapshot.rev, changesAfter: null } : continued(filled, snapshot.rev), snapshot.lastRead),
      hasEarlier: isFirst ? snapshot.hasEarlier : filled.hasEarlier,
    });
    const entered = removed(complete, snapshot.firstSeq - 1);
    if (state.active !== key) return entered;
    // The line shows what was missed, even to a reader who now sits right before it.
    return isFirst ? withoutDetour(settled(comeInto(state, entered))) : settled(withLine(state, entered));
  });
  return noteArrival(arrived, key);
}

/** What the snapshot continues: nothing in another life of the channel, and nothing whose continuation is gone. */
function heldBefore(channel: Channel, snapshot: ChannelSnapshot): Channel {
  if (channel.incarnation !== snapshot.incarnation) {
    const { atEnd, goal, linkedSeq, cached, composing } = channel;
    const fresh = { ...newChannel(snapshot.channel), atEnd };
    // A link leads into the channel as it is now; what was on the way in its former life leads nowhere.
    if (channel.incarnation !== null) return fresh;
    return { ...fresh, goal, linkedSeq, composing: cached?.incarnation === snapshot.incarnation ? composing : null };
  }
  return snapshot.gap && !snapshot.hasEarlier ? { ...channel, messages: [], notices: [], comings: [] } : channel;
}

/** Whoever is to be brought elsewhere does not come by the end first. */
const withoutDetour = (channel: Channel): Channel =>
  channel.goal && !channel.goal.ready ? { ...channel, messages: [], hasEarlier: true, hasLater: true } : channel;

export function channelEvent(state: ChatState, key: ChannelKey, event: ChannelEvent): ChatState {
  const own = event.type === 'posted' && event.message.authorId === state.session?.sessionId;
  const changed = withChannel(state, key, (channel) => {
    if (channel.phase !== 'live') return { ...channel, early: [...channel.early, event] };
    const applied = applyEvent(channel, event);
    return own ? readByWriting(applied, event.message.seq) : applied;
  });
  return event.type === 'posted' ? noteArrival(changed, key) : changed;
}

/** Whoever writes has seen the end. What was read up to there, the server notes by itself. */
const readByWriting = (channel: Channel, seq: number): Channel => ({
  ...channel,
  readSeq: Math.max(channel.readSeq, seq),
  notedSeq: channel.notedSeq === seq - 1 ? seq : channel.notedSeq,
  newAfterSeq: null,
  keptUnread: false,
});

function applyEvent(channel: Channel, event: ChannelEvent): Channel {
  switch (event.type) {
    case 'posted':
      return withoutRemoved(appendNew(withoutTyping(channel, event.message.authorId), [event.message]));
    case 'revised':
      return revise(channel, event.message);
    case 'removed':
      return removed(channel, event.throughSeq);
    case 'joined':
      return channel.members.some(({ id }) => id === event.member.id)
        ? { ...channel, members: withMember(channel.members, event.member) }
        : withComing({ ...channel, members: withMember(channel.members, event.member) }, event.member.username, true);
    case 'changed':
      return channel.members.some((member) => member.id === event.member.id)
        ? { ...channel, members: withMember(channel.members, event.member) }
        : channel;
    case 'muted':
      return { ...channel, mute: event.mute };
    case 'settled':
      return { ...channel, settings: event.settings };
    case 'left':
      return withoutMember(withoutTyping(channel, event.memberId), event.memberId);
  }
}

/** The user may not post in channels, or may again: null. */
export const muteArrived = (state: ChatState, keys: readonly ChannelKey[], mute: Mute | null): ChatState =>
  keys.reduce((current, key) => channelEvent(current, key, { type: 'muted', mute }), state);

const withMember = (members: readonly Member[], member: Member): readonly Member[] =>
  members.some((old) => old.id === member.id)
    ? members.map((old) => (old.id === member.id ? member : old))
    : [...members, member];

function withoutMember(channel: Channel, memberId: string): Channel {
  const gone = channel.members.find(({ id }) => id === memberId);
  return gone ? withComing({ ...channel, members: channel.members.filter((member) => member !== gone) }, gone.username, false) : channel;
}

/** Shows another channel, or none. */
export function activated(state: ChatState, key: ChannelKey | null): ChatState {
  if (state.active === key || (key !== null && !state.channels.has(key))) return state;
  const left = state.active === null ? state : withChannel(state, state.active, goneFrom);
  const recent = key === null ? left.recent : [key, ...left.recent.filter((other) => other !== key)];
  const shown = { ...left, active: key, recent };
  return key === null ? shown : withChannel(shown, key, (channel) => comeInto(shown, channel));
}

/** Takes a channel out of the list; another takes its place on the screen. */
export function channelRemoved(state: ChatState, key: ChannelKey): ChatState {
  if (!state.channels.has(key)) return state;
  const keys = [...state.channels.keys()];
  const channels = new Map(state.channels);
  channels.delete(key);
  const place = keys.indexOf(key);
  const removed = { ...state, channels };
  return state.active === key ? activated({ ...removed, active: null }, keys[place + 1] ?? keys[place - 1] ?? null) : removed;
}

export const loadingChanged = (state: ChatState, key: ChannelKey, loading: boolean): ChatState =>
  withChannel(state, key, (channel) => (channel.loading === loading ? channel : { ...channel, loading }));

/** A page came, or a part of it: `isWhole` with the last. */
export const pageArrived = (state: ChatState, key: ChannelKey, page: HistoryPage, asked: Asked, isWhole = true): ChatState =>
  withChannel(state, key, (channel) => withUnplaced(withoutRemoved(insertPage(channel, page, asked)), isWhole));

/** The connection is gone: what is shown may be out of date until the next snapshot. */
export function connectionLost(state: ChatState): ChatState {
  const channels = new Map(state.channels);
  for (const [key, channel] of channels) {
    if (channel.phase === 'live') channels.set(key, { ...channel, phase: 'entering', early: [], typing: [] });
  }
  return { ...state, channels };
}

/** The channels as they are kept over a reload. */
export const placesOf = (state: ChatState): readonly Place[] => [...state.channels.values()].map(({ name }) => ({ name }));
