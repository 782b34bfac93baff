import { channelEvent, muteArrived } from '../state/channels';
import { channelKey, type ChannelEvent, type ChatState } from '../state/chatState';
import { operating } from '../state/moderation';
import { broadcastArrived, noticeArrived } from '../state/notices';
import { markerArrived } from '../state/reading';
import type { Store } from '../state/store';
import type { ChatEvents, Kick, Message } from './contract';
import type { TypingNotices } from './typingNotices';

export interface EventTargets {
  readonly store: Store<ChatState>;
  readonly typing: TypingNotices;
  /** A message is in the log: whatever waited to become it is done. */
  readonly confirm: (message: Message) => void;
  readonly kicked: (kick: Kick) => void;
  readonly dropped: (channel: string) => void;
  readonly ended: (reason: string) => void;
  readonly restarting: (seconds: number) => void;
}

/** Where each of the server's events goes, but the one that {@link Connector} takes. */
export function serverEvents({ store, typing, confirm, kicked, dropped, ended, restarting }: EventTargets): Omit<ChatEvents, 'Contract'> {
  const about = (channel: string, event: ChannelEvent): void => store.update((state) => channelEvent(state, channelKey(channel), event));
  return {
    MessagePosted: (message) => {
      about(message.channel, { type: 'posted', message });
      confirm(message);
    },
    MessageChanged: (message) => about(message.channel, { type: 'revised', message }),
    MessagesRemoved: (channel, throughSeq) => about(channel, { type: 'removed', throughSeq }),
    Typing: (channel, memberId) => typing.received(channelKey(channel), memberId),
    MemberJoined: (channel, member) => about(channel, { type: 'joined', member }),
    MemberLeft: (channel, memberId) => about(channel, { type: 'left', memberId }),
    MemberChanged: (channel, member) => about(channel, { type: 'changed', member }),
    Notice: ({ channel, text, dismissible = true }) =>
      store.update((state) => (channel === null ? broadcastArrived(state, text, dismissible) : noticeArrived(state, channel, text))),
    ReadMarker: (channel, seq) => store.update((state) => markerArrived(state, channelKey(channel), seq)),
    Kicked: (kick) => kicked(kick),
    Muted: (channel, mute) => store.update((state) => muteArrived(state, channel === null ? [...state.channels.keys()] : [channelKey(channel)], mute)),
    Operating: (scopes) => store.update((state) => operating(state, scopes)),
    ChannelChanged: (channel, settings) => about(channel, { type: 'settled', settings }),
    ChannelLeft: (channel) => dropped(channel),
    SessionEnded: (reason) => ended(reason),
    ServerRestarting: (seconds) => restarting(seconds),
  };
}
