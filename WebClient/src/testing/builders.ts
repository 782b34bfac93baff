import type { ChannelSnapshot, HistoryPage, Member, Message, SearchHit } from '../connection/contract';
import { initialState, newChannel, type Channel, type ChatState, type PendingMessage } from '../state/chatState';

/** Noon of a day in the reader's own time zone, so that no test depends on where it runs. */
export const noon = new Date(2026, 4, 4, 12).getTime();
export const minute = 60_000;

export const aMessage = (seq: number, more: Partial<Message> = {}): Message => ({
  channel: '@general', seq, id: `m${seq}`, author: 'Ada', authorId: 'ada', origin: 'web',
  sentAt: new Date(noon).toISOString(), text: `text ${seq}`, ...more,
});

/** The messages from one seq to another, both included. */
export const aRange = (from: number, to: number): Message[] =>
  Array.from({ length: to - from + 1 }, (_, i) => aMessage(from + i));

export const aMember = (id: string, more: Partial<Member> = {}): Member => ({
  id, username: id, origin: 'web', presence: 'live', operator: false, ...more,
});

export const aSnapshot = (messages: readonly Message[], more: Partial<ChannelSnapshot> = {}): ChannelSnapshot => ({
  channel: '@general', incarnation: 'first life', members: [], messages,
  lastSeq: messages.at(-1)?.seq ?? 0, firstSeq: 1, hasEarlier: false, gap: false,
  lastRead: messages.at(-1)?.seq ?? 0, rev: 0,
  settings: { topic: '', readOnly: false, native: null }, mute: null, ...more,
});

export const aPage = (messages: readonly Message[], more: Partial<HistoryPage> = {}): HistoryPage => ({
  channel: '@general', messages, hasEarlier: false, hasLater: false, ...more,
});

/** A channel that is entered, holds these messages and was read to its end. */
export const aChannel = (messages: readonly Message[], more: Partial<Channel> = {}): Channel => {
  const last = messages.at(-1)?.seq ?? 0;
  const { lastSeq = last, readSeq = lastSeq } = more;
  return {
    ...newChannel('@general'), phase: 'live', incarnation: 'first life', messages, lastSeq, readSeq, notedSeq: readSeq,
    hasLater: messages.length > 0 && lastSeq > last, ...more,
  };
};

export const aHit = (seq: number, more: Partial<SearchHit> = {}): SearchHit => ({
  message: aMessage(seq), matches: [], before: null, after: null, ...more,
});

export const aPending = (id: string, more: Partial<PendingMessage> = {}): PendingMessage => ({
  id, channel: '@general', text: 'on its way', createdAt: noon, replyTo: null, phase: 'queued', problem: null, waitsUntil: null, ...more,
});

/** The state of a page that Ada looks at, with these channels, the first of them on the screen. */
export const aState = (...channels: readonly Channel[]): ChatState => ({
  ...initialState,
  session: { token: 't', sessionId: 'ada', username: 'Ada', expiresAt: '', maxTextLength: 4000, nativeLineBytes: 400, nativePort: 29200, editSeconds: 86400, pageVersion: 'v1' },
  channels: new Map(channels.map((channel) => [channel.key, channel])),
  active: channels[0]?.key ?? null,
});

export const seqs = (messages: readonly Message[] | undefined): number[] => (messages ?? []).map((message) => message.seq);
