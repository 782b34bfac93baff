import type { JSX } from 'preact';
import type { Message } from '../connection/contract';
import { t } from '../i18n';
import { nameColor } from '../state/nameColor';
import { pathOfMessage } from '../state/route';
import { firstLine } from '../state/text';
import { useClient } from './clientContext';
import { deletedText } from './deletedText';
import { Icon } from './icons';
import { followWith } from './links';

interface ReplyLineProps {
  readonly channel: string;
  /** The message that is answered; its seq if it is not held. */
  readonly parent: Message | number;
  readonly reachable: boolean;
}

/** Whom a message answers, and what: the way to it. */
export function ReplyLine({ channel, parent, reachable }: ReplyLineProps): JSX.Element {
  const client = useClient();
  const seq = typeof parent === 'number' ? parent : parent.seq;
  return (
    <a
      class="reply-line"
      href={pathOfMessage(channel, seq)}
      tabIndex={reachable ? 0 : -1}
      onClick={followWith(() => client.show(channel, seq))}
    >
      <Icon name="reply" />
      <span class="visually-hidden">{t('message.inReplyTo')} </span>
      {typeof parent === 'number' ? <em>{t('message.parentNotLoaded', { seq })}</em> : <Parent message={parent} />}
    </a>
  );
}

function Parent({ message }: { readonly message: Message }): JSX.Element {
  const { author, text, deletedAt } = message;
  return (
    <>
      <bdi class={`name-${nameColor(author)}`}>{author}</bdi>{' '}
      {deletedAt === undefined ? <span dir="auto">{firstLine(text)}</span> : <em>{deletedText(message)}</em>}
    </>
  );
}
