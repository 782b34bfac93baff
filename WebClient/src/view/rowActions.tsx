import type { JSX } from 'preact';
import type { Message } from '../connection/contract';
import { t } from '../i18n';
import { channelKey } from '../state/chatState';
import { useClient } from './clientContext';
import { copyLink } from './clipboard';
import { Icon } from './icons';

/** What can be done with a message. */
export function RowActions({ message }: { readonly message: Message }): JSX.Element {
  const client = useClient();
  const key = channelKey(message.channel);
  const { seq } = message;
  return (
    <span class="row-actions">
      <button
        class="icon-button"
        type="button"
        aria-label={t('message.copyLink')}
        title={t('message.copyLink')}
        onClick={() => void copyLink(client, key, seq)}
      >
        <Icon name="link" />
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t('message.markUnread')}
        title={t('message.markUnread')}
        onClick={() => client.marks.markUnread(key, seq)}
      >
        <Icon name="unread" />
      </button>
    </span>
  );
}
