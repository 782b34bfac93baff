import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Message } from '../connection/contract';
import { formatFullDate, formatTime, t, type TextKey } from '../i18n';
import type { OwnChange, PendingMessage, Session } from '../state/chatState';
import { mentions } from '../state/mentions';
import { nameColor } from '../state/nameColor';
import { isPending } from '../state/rows';
import { Avatar } from './avatar';
import { Icon } from './icons';
import { memo } from './memo';
import { FailedActions } from './failedActions';
import { MessageBody } from './messageBody';
import { MessageExtras } from './messageExtras';
import { MessageTime } from './messageTime';
import { ReplyLine } from './replyLine';
import { useRowFocus } from './rowFocus';
import { SendWait } from './sendWait';

interface MessageItemProps {
  readonly rowKey: string;
  readonly message: Message | PendingMessage;
  readonly head: boolean;
  readonly own: boolean;
  readonly parent: Message | number | null;
  readonly change: OwnChange | null;
  /** Whose page this is: the author of what waits. */
  readonly session: Session;
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

function MessageRow({ rowKey, message, head, own, parent, change, session, edit }: MessageItemProps): JSX.Element {
  const row = useRef<HTMLLIElement>(null);
  const id = useId();
  /** Links and actions are stops of the Tab key only in the row that has the focus or the pointer: a long log would have thousands. */
  const { focused, hovered, listeners } = useRowFocus(row);
  const waits = isPending(message);
  const author = waits ? session.username : message.author;
  const changing = change !== null && change.problem === null && change.kind !== 'react';
  const delivery = waits ? message.phase : changing ? 'sending' : 'delivered';
  const meant = !waits && !own && message.deletedAt === undefined && mentions(message.text, session.username);
  const native = !waits && message.origin === 'native';
  return (
    <li
      ref={row}
      class={`message${head ? ' is-head' : ''}${own ? ' is-own' : ''}${meant ? ' is-mention' : ''}${focused ? ' is-chosen' : ''}${hovered ? ' is-hovered' : ''} is-${delivery}`}
      data-row={rowKey}
      data-seq={waits ? undefined : message.seq}
      tabIndex={-1}
      // Who, what, when: text before time, and without the names of the buttons in between.
      aria-labelledby={`${id}-author ${id}-text ${id}-time`}
      // What one just wrote oneself need not be read out.
      aria-live={own ? 'off' : undefined}
      {...listeners}
    >
      {head && <Avatar username={author} />}
      <p id={`${id}-author`} class={head ? 'message-author' : 'message-author is-said'}>
        <bdi class={`name-${nameColor(author)}`}>{author}</bdi>
        {native && head && (
          <span class="badge" title={t('message.native.title')}>
            {t('message.native')}
          </span>
        )}
      </p>
      {meant && <span class="visually-hidden">{t('message.mentionsYou')} </span>}
      {parent !== null && <ReplyLine channel={message.channel} parent={parent} reachable={focused} />}
      <MessageBody id={`${id}-text`} message={message} change={change} own={own} reachable={focused} />
      {waits ? (
        <time
          id={`${id}-time`}
          class="message-time"
          dateTime={new Date(message.createdAt).toISOString()}
          title={formatFullDate(message.createdAt)}
        >
          {formatTime(message.createdAt)}
        </time>
      ) : (
        <MessageTime id={`${id}-time`} message={message} reachable={focused} />
      )}
      {own && (
        <span class="delivery" title={t(deliveryTexts[delivery])}>
          <Icon name={deliveryIcons[delivery]} />
          <span class="visually-hidden">{t(deliveryTexts[delivery])}</span>
        </span>
      )}
      {waits && message.waitsUntil !== null && <SendWait until={message.waitsUntil} />}
      {waits && message.phase === 'failed' && <FailedActions message={message} edit={edit} />}
      {!waits && <button class="row-more" type="button" tabIndex={-1} aria-label={t('message.more')} />}
      {!waits && (
        <MessageExtras
          message={message}
          own={own}
          ownId={session.sessionId}
          change={change}
          focused={focused}
          active={focused || hovered}
          focus={() => row.current?.focus({ preventScroll: true })}
        />
      )}
    </li>
  );
}
