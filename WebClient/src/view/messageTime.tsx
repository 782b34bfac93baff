import type { JSX } from 'preact';
import type { Message } from '../connection/contract';
import { formatFullDate, formatTime, t } from '../i18n';
import { pathOfMessage } from '../state/route';
import { useClient } from './clientContext';
import { followWith } from './links';

interface MessageTimeProps {
  readonly id: string;
  readonly message: Message;
  readonly reachable: boolean;
}

/** When a message was written, as its own address. */
export function MessageTime({ id, message, reachable }: MessageTimeProps): JSX.Element {
  const client = useClient();
  const { channel, seq, sentAt } = message;
  const at = Date.parse(sentAt);
  return (
    <a
      id={id}
      class="message-time"
      href={pathOfMessage(channel, seq)}
      title={t('message.time.title', { date: formatFullDate(at), seq })}
      tabIndex={reachable ? 0 : -1}
      onClick={followWith(() => client.show(channel, seq))}
    >
      <time dateTime={new Date(at).toISOString()}>{formatTime(at)}</time>
    </a>
  );
}
