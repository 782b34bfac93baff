import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Channel } from '../state/chatState';
import { nameColor } from '../state/nameColor';
import { firstLine } from '../state/text';
import { Icon } from './icons';

interface ComposingBarProps {
  readonly channel: Channel;
  readonly id: string;
  readonly cancel: () => void;
}

/** What the composer is about, if not a message of its own: whom it answers, or that it edits. */
export function ComposingBar({ channel, id, cancel }: ComposingBarProps): JSX.Element | null {
  const { composing, messages } = channel;
  if (!composing) return null;
  const message = messages.find(({ seq }) => seq === composing.seq);
  const isReply = composing.kind === 'reply';
  return (
    <div class="composing-bar">
      <Icon name={composing.kind} />
      <p id={id}>
        {t(isReply ? 'composer.replying' : 'composer.editing')}{' '}
        {isReply && message && <bdi class={`name-${nameColor(message.author)}`}>{message.author}</bdi>}{' '}
        {message ? <span dir="auto">{firstLine(message.text)}</span> : t('message.parentNotLoaded', { seq: composing.seq })}
      </p>
      <button class="icon-button" type="button" aria-label={t('composer.cancel')} title={t('composer.cancel')} onClick={cancel}>
        <Icon name="close" />
      </button>
    </div>
  );
}
