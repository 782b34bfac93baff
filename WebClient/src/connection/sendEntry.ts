import { ChatError } from './chatError';
import type { Message } from './contract';
import type { HubLink } from './hub';
import type { OutboxEntry } from './outboxStore';

/** A send without an answer for so long is repeated, under the same id; in milliseconds. */
const sendTimeout = 20_000;

/** Posts what waited in the outbox: a message, or an answer to one. */
export async function sendEntry(link: HubLink, { channel, text, id, replyTo }: OutboxEntry): Promise<Message> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ChatError('unreachable')), sendTimeout);
  });
  const sent = replyTo === undefined ? link.call('Send', channel, text, id) : link.call('SendReply', channel, text, id, replyTo);
  return Promise.race([sent, silence]).finally(() => clearTimeout(timer));
}
