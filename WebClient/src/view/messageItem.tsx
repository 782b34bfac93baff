import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../connection/contract';
import { formatFullDate, formatTime, t, type TextKey } from '../i18n';
import { errorText } from '../i18n/errorText';
import type { PendingMessage } from '../state/chatState';
import { nameColor } from '../state/nameColor';
import { isPending } from '../state/rows';
import { Avatar } from './avatar';
import { useClient } from './clientContext';
import { Icon } from './icons';
import { memo } from './memo';
import { MessageText } from './messageText';
import { MessageTime } from './messageTime';
import { RowActions } from './rowActions';

interface MessageItemProps {
  readonly rowKey: string;
  readonly message: Message | PendingMessage;
  readonly head: boolean;
  readonly own: boolean;
  /** Whose page this is: the author of what waits. */
  readonly username: string;
  readonly edit: (text: string) => void;
}

type Delivery = PendingMessage['phase'] | 'delivered';

const deliveryTexts: Readonly<Record<Delivery, TextKey>> = {
  queued: 'message.queued',
  sending: 'message.sending',
  delivered: 'message.delivered',
  failed: 'message.failed',
};

const deliveryIcons = { queued: 'waiting', sending: 'sending', delivered: 'delivered', failed: 'failed' } as const;

/** One message, from its author's key to the log: the row stays the same element all the way. */
export const MessageItem = memo((props: MessageItemProps) => <MessageRow {...props} />);

function MessageRow({ rowKey, message, head, own, username, edit }: MessageItemProps): JSX.Element {
  /** Links and actions are stops of the Tab key only in the row that has the focus or the pointer: a long log would have thousands. */
  const [focused, setFocused] = useState(false);
  const [hovered, setHovered] = useState(false);
  const waits = isPending(message);
  const author = waits ? username : message.author;
  const delivery = waits ? message.phase : 'delivered';
  const native = !waits && message.origin === 'native';
  return (
    <li
      class={`message${head ? ' is-head' : ''}${own ? ' is-own' : ''} is-${delivery}`}
      data-row={rowKey}
      data-seq={waits ? undefined : message.seq}
      tabIndex={-1}
      // What one just wrote oneself need not be read out.
      aria-live={own ? 'off' : undefined}
      onFocusIn={() => setFocused(true)}
      // Not when the focus moves on within the row: what it moves to would vanish before it.
      onFocusOut={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setFocused(false)}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
    >
      {head && <Avatar username={author} />}
      <p class={head ? 'message-author' : 'visually-hidden'}>
        <bdi class={`name-${nameColor(author)}`}>{author}</bdi>
        {native && head && (
          <span class="badge" title={t('message.native.title')}>
            {t('message.native')}
          </span>
        )}
      </p>
      <MessageText text={message.text} />
      {waits ? (
        <time class="message-time" dateTime={new Date(message.createdAt).toISOString()} title={formatFullDate(message.createdAt)}>
          {formatTime(message.createdAt)}
        </time>
      ) : (
        <MessageTime message={message} reachable={focused} />
      )}
      {own && (
        <span class="delivery" title={t(deliveryTexts[delivery])}>
          <Icon name={deliveryIcons[delivery]} />
          <span class="visually-hidden">{t(deliveryTexts[delivery])}</span>
        </span>
      )}
      {!waits && message.nativeText !== undefined && (
        <details class="fidelity">
          <summary title={t('message.fidelity.title')}>{t('message.fidelity')}</summary>
          <pre dir="auto">{message.nativeText}</pre>
        </details>
      )}
      {waits && message.phase === 'failed' && <FailedActions message={message} edit={edit} />}
      {!waits && (focused || hovered) && <RowActions message={message} />}
    </li>
  );
}

interface FailedActionsProps {
  readonly message: PendingMessage;
  readonly edit: (text: string) => void;
}

function FailedActions({ message, edit }: FailedActionsProps): JSX.Element {
  const { outbox } = useClient();
  const discard = (): void => void outbox.remove(message.id);
  return (
    <div class="failed">
      <p role="alert">{message.problem && errorText(message.problem)}</p>
      <button class="button is-small" type="button" onClick={() => void outbox.retry(message.id)}>
        {t('message.retry')}
      </button>
      <button
        class="button is-small"
        type="button"
        onClick={() => {
          edit(message.text);
          discard();
        }}
      >
        {t('message.edit')}
      </button>
      <button class="button is-small" type="button" onClick={discard}>
        {t('message.discard')}
      </button>
    </div>
  );
}
