import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Channel } from '../state/chatState';
import { useClient } from './clientContext';
import { EmptyChannel } from './emptyChannel';
import { Icon } from './icons';

interface EdgeProps {
  readonly channel: Channel;
  readonly loading: boolean;
}

/** What stands above the first row: earlier messages, the channel's beginning, or that nothing was said yet. */
export function LogStart({ channel, isEmpty, loading }: EdgeProps & { readonly isEmpty: boolean }): JSX.Element {
  const client = useClient();
  const { name } = channel;
  if (isEmpty && channel.phase !== 'live') return <p class="log-start">{t('conversation.entering', { channel: name })}</p>;
  if (isEmpty && channel.hasLater) {
    return loading ? (
      <p class="log-start">{t('conversation.loading')}</p>
    ) : (
      <button class="button is-small load" type="button" onClick={() => client.sync.goToEnd(channel.key)}>
        {t('conversation.toEnd')}
      </button>
    );
  }
  if (channel.hasEarlier) {
    return (
      <button class="button is-small load" type="button" onClick={() => void client.sync.loadEarlier(channel.key)}>
        {t(loading ? 'conversation.loading' : 'conversation.earlier')}
      </button>
    );
  }
  if (!isEmpty) return <p class="log-start">{t('conversation.start', { channel: name })}</p>;
  return <EmptyChannel name={name} />;
}

/** What stands below the last row where that is not the newest message. */
export function LogEnd({ channel, loading }: EdgeProps): JSX.Element | null {
  const client = useClient();
  if (!channel.hasLater || channel.messages.length === 0) return null;
  return (
    <button class="button is-small load" type="button" onClick={() => void client.sync.loadLater(channel.key)}>
      {t(loading ? 'conversation.loading' : 'conversation.later')}
    </button>
  );
}

/** Says that the message a link led to is not there. */
export function Missing({ channel }: { readonly channel: Channel }): JSX.Element {
  const client = useClient();
  const { missingSeq, lastSeq } = channel;
  return (
    <div role="status">
      {missingSeq !== null && (
        <p class="notice-bar">
          <span>{t(missingSeq > lastSeq ? 'conversation.missing.later' : 'conversation.missing.gone', { seq: missingSeq })}</span>
          <button
            class="icon-button"
            type="button"
            aria-label={t('notice.dismiss')}
            onClick={() => client.dismissMissing(channel.key)}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}
