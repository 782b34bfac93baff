import type { Message } from '../connection/contract';
import { careFor, isHidden, isQuiet, isStill, type Arrangement } from './arrangement';
import { channelKey, type Channel, type ChatState, type Session } from './chatState';
import { mentions } from './mentions';
import { unreadCount } from './reading';

/** What a channel asks its reader for. */
export interface Calls {
  /** What is counted: everything unread, of a muted or hidden channel the mentions alone. */
  readonly count: number;
  readonly mentions: number;
}

const none: Calls = { count: 0, mentions: 0 };

interface Counted {
  readonly session: Session;
  readonly hidden: readonly string[];
  readonly unread: number;
  readonly mentions: number;
}

/** Counted once for each state of a channel: the list is drawn far more often. */
const counted = new WeakMap<Channel, Counted>();

export function callsOf(channel: Channel, session: Session | null, arrangement: Arrangement): Calls {
  if (!session || channel.lastSeq <= channel.readSeq) return none;
  let entry = counted.get(channel);
  if (entry?.session !== session || entry.hidden !== arrangement.hidden) {
    entry = { session, hidden: arrangement.hidden, ...countOf(channel, session, arrangement) };
    counted.set(channel, entry);
  }
  return { count: isStill(careFor(arrangement, channel.key)) ? entry.mentions : entry.unread, mentions: entry.mentions };
}

function countOf(channel: Channel, { sessionId, username }: Session, arrangement: Arrangement): { unread: number; mentions: number } {
  const { messages, readSeq } = channel;
  let [unseen, mentioned] = [0, 0];
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i];
    if (!message || message.seq <= readSeq) break;
    if (message.authorId === sessionId) continue;
    if (isHidden(arrangement, message.author)) unseen++;
    else if (message.deletedAt === undefined && mentions(message.text, username)) mentioned++;
  }
  return { unread: Math.max(0, unreadCount(channel, sessionId) - unseen), mentions: mentioned };
}

/** Over all channels. */
export function allCalls(state: ChatState, arrangement: Arrangement): Calls {
  let [count, mentioned] = [0, 0];
  for (const channel of state.channels.values()) {
    const calls = callsOf(channel, state.session, arrangement);
    count += calls.count;
    mentioned += calls.mentions;
  }
  return { count, mentions: mentioned };
}

/** Whether the system is to tell of a message. Whether another tab shows it, the caller knows. */
export function calls(state: ChatState, arrangement: Arrangement, message: Message, minute: number): boolean {
  const { session } = state;
  const key = channelKey(message.channel);
  if (!session || !arrangement.notify || message.authorId === session.sessionId || isHidden(arrangement, message.author)) return false;
  if (state.attentive && state.active === key) return false;
  const care = careFor(arrangement, key);
  const { level = arrangement.level } = care;
  if (level === 'nothing' || isQuiet(arrangement.quiet, minute)) return false;
  return (level === 'all' && !isStill(care)) || mentions(message.text, session.username);
}
