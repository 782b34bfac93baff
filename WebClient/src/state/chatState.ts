import type { ConnectionStatus } from '../connection/connector';
import type { ChannelSettings, Kick, Member, Message, Mute, SignInResponse } from '../connection/contract';
import type { Problem } from '../connection/chatError';
import type { CachedMessages } from './cache';
import type { Coming } from './comings';
import type { Imposed } from './moderation';

/** Everything the page shows. Immutable: each change is a pure function from one state to the next. */
export interface ChatState {
  readonly session: Session | null;
  readonly signIn: SignIn;
  readonly connection: ConnectionStatus;
  /** By key, in the order in which they were entered. */
  readonly channels: ReadonlyMap<ChannelKey, Channel>;
  readonly active: ChannelKey | null;
  readonly pending: readonly PendingMessage[];
  readonly drafts: Readonly<Record<ChannelKey, string>>;
  /** Words of the server that are about no channel. */
  readonly notices: readonly Broadcast[];
  /** Whether the page is being looked at: its tab is visible and its window has the focus. */
  readonly attentive: boolean;
  /** What was marked as read just now and can be taken back; null if nothing. */
  readonly undo: ReadUndo | null;
  /** What the server lets the user do beyond chatting; empty for all but operators. */
  readonly scopes: readonly string[];
  /** Channels the user was put out of, until they put the words away. */
  readonly kicks: readonly Kick[];
  /** What the user has just imposed and can take back; null if nothing. */
  readonly imposed: Imposed | null;
  /** Channels in the order in which they were shown last, the latest first. */
  readonly recent: readonly ChannelKey[];
}

/** A word of the server to everybody. */
export interface Broadcast {
  readonly text: string;
  /** Whether the user may put it away. */
  readonly dismissible: boolean;
}

export type Session = Omit<SignInResponse, 'resumeSeconds'>;

export interface SignIn {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Why there is no session any more; null if there was none, or its user signed out here. */
  readonly ended: SessionEnd | null;
  /** What the form holds at first. */
  readonly username: string;
  readonly channel: string;
}

/** `text` is the server's reason, where it gave one. */
export interface SessionEnd {
  readonly cause: 'expired' | 'elsewhere' | 'server';
  readonly text: string;
}

/** A channel's name in the one letter case under which this page keeps it. */
export type ChannelKey = string;

export const channelKey = (name: string): ChannelKey => name.toLowerCase();

export interface Channel {
  readonly key: ChannelKey;
  /** In the spelling of whoever opened it. */
  readonly name: string;
  /** `entering` waits for a snapshot, first or again; `refused` was not let in. */
  readonly phase: 'entering' | 'live' | 'refused';
  readonly refusal: Problem | null;
  /** Which life of the channel is held; null before the first snapshot. */
  readonly incarnation: string | null;
  readonly members: readonly Member[];
  /** What operators have settled for it. */
  readonly settings: ChannelSettings;
  /** Why the user cannot post in it; null if they can. */
  readonly mute: Mute | null;
  /** By seq. Seqs are dense, so what is missing between two neighbours shows itself. */
  readonly messages: readonly Message[];
  readonly lastSeq: number;
  /** The channel's revision: what is held is as it was then or later, but for what {@link changesAfter} says. */
  readonly rev: number;
  /** After an absence: the revision after which changes have still to be asked for; null if none are missing. */
  readonly changesAfter: number | null;
  /** Messages that changed and may be in a page that is on its way, in an older state. */
  readonly unplaced: readonly Message[];
  /** What the user is doing to messages, by seq, and what the server refused of it. */
  readonly changes: ReadonlyMap<number, OwnChange>;
  /** What the composer writes other than a message of its own; null if nothing. */
  readonly composing: Composing | null;
  /** Others who are typing, in the order in which they began. */
  readonly typing: readonly string[];
  /** Messages through this seq are gone for good, and taken in no more. */
  readonly removedThrough: number;
  /** What an earlier page held, until the first snapshot; null if nothing. */
  readonly cached: CachedMessages | null;
  /** Whether there are messages before the first one held. */
  readonly hasEarlier: boolean;
  /** Whether there are messages behind the last one held. Then new ones are only counted: shown, they would leave a hole. */
  readonly hasLater: boolean;
  /** Events that came before the snapshot they belong behind. */
  readonly early: readonly ChannelEvent[];
  /** Through which seq the user has read. */
  readonly readSeq: number;
  /** Through which seq the server is known to have noted it. While the two differ, this page has something to tell. */
  readonly notedSeq: number;
  /** The reader wants it to stay unread, even at the end, until they have been elsewhere. */
  readonly keptUnread: boolean;
  /** The line "new" stands behind this seq; null if there is none. */
  readonly newAfterSeq: number | null;
  /** Where the reader is to be brought; null while they go by themselves. */
  readonly goal: Goal | null;
  /** The message that the address names; null if it names the channel alone. */
  readonly linkedSeq: number | null;
  /** The message that a link led to and that is not there; null if there is none such. */
  readonly missingSeq: number | null;
  /** Whether the reader is at the newest message, so that further ones are to be shown at once. */
  readonly atEnd: boolean;
  readonly loading: boolean;
  readonly notices: readonly ChannelNotice[];
  readonly comings: readonly Coming[];
}

/** A place to bring the reader to: a message, to be focused and marked; the line "new" before a message; the message they were reading; or the end. */
export interface Goal {
  readonly kind: 'message' | 'unread' | 'reading' | 'end';
  /** 0 for the end. */
  readonly seq: number;
  /** Whether that place, or the nearest there is, is held. */
  readonly ready: boolean;
}

/** Up to where channels had been read before they were marked as read. */
export interface ReadUndo {
  /** Told apart from the one before. */
  readonly id: number;
  readonly markers: readonly { readonly key: ChannelKey; readonly incarnation: string | null; readonly readSeq: number }[];
}

export type ChannelEvent =
  | { readonly type: 'posted'; readonly message: Message }
  | { readonly type: 'revised'; readonly message: Message }
  | { readonly type: 'removed'; readonly throughSeq: number }
  | { readonly type: 'joined'; readonly member: Member }
  | { readonly type: 'changed'; readonly member: Member }
  | { readonly type: 'left'; readonly memberId: string }
  | { readonly type: 'muted'; readonly mute: Mute | null }
  | { readonly type: 'settled'; readonly settings: ChannelSettings };

/** A change of a message that the user wants: on its way, or refused. */
export interface OwnChange {
  readonly kind: 'edit' | 'delete' | 'react';
  /** The new text of an edit; otherwise empty. */
  readonly text: string;
  /** Why it was not done; null while it is on its way. */
  readonly problem: Problem | null;
}

/** An answer to a message, or another text for an own one. */
export type Composing =
  | { readonly kind: 'reply'; readonly seq: number }
  | { readonly kind: 'edit'; readonly seq: number; readonly text: string };

/** A word of the server about a channel, and where in the conversation it came. */
export interface ChannelNotice {
  readonly id: number;
  readonly afterSeq: number;
  readonly text: string;
  /** The page's own answer to its user, not the server's word. */
  readonly own?: true;
}

/** An own message that the server has not confirmed. */
export interface PendingMessage {
  readonly id: string;
  readonly channel: ChannelKey;
  readonly text: string;
  readonly createdAt: number;
  /** The message it answers; null if none. */
  readonly replyTo: number | null;
  readonly phase: 'queued' | 'sending' | 'failed';
  /** Until when the server has the channel's author wait, in milliseconds since 1970; null if it does not. */
  readonly waitsUntil: number | null;
  readonly problem: Problem | null;
}

export const initialState: ChatState = {
  session: null,
  signIn: { busy: false, problem: null, ended: null, username: '', channel: '' },
  connection: { phase: 'connecting', since: 0 },
  channels: new Map(),
  active: null,
  pending: [],
  drafts: {},
  notices: [],
  attentive: true,
  undo: null,
  scopes: [],
  kicks: [],
  imposed: null,
  recent: [],
};

export function newChannel(name: string): Channel {
  return {
    key: channelKey(name),
    name,
    phase: 'entering',
    refusal: null,
    incarnation: null,
    members: [],
    settings: { topic: '', readOnly: false, native: null },
    mute: null,
    messages: [],
    lastSeq: 0,
    rev: 0,
    changesAfter: null,
    unplaced: [],
    changes: new Map(),
    composing: null,
    typing: [],
    removedThrough: 0,
    cached: null,
    hasEarlier: false,
    hasLater: false,
    early: [],
    readSeq: 0,
    notedSeq: 0,
    keptUnread: false,
    newAfterSeq: null,
    goal: null,
    linkedSeq: null,
    missingSeq: null,
    atEnd: true,
    loading: false,
    notices: [],
    comings: [],
  };
}

/** Replaces one channel; a channel that is not (any more) in the list stays out of it. */
export function withChannel(state: ChatState, key: ChannelKey, change: (channel: Channel) => Channel): ChatState {
  const channel = state.channels.get(key);
  if (!channel) return state;
  const changed = change(channel);
  if (changed === channel) return state;
  return { ...state, channels: new Map(state.channels).set(key, changed) };
}
