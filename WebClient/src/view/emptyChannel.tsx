import type { JSX } from 'preact';
import { t } from '../i18n';
import { pathOfChannel } from '../state/route';
import { copyInvitation } from './clipboard';
import { Icon } from './icons';

/** What stands in a channel in which nothing was said: how others come in. */
export function EmptyChannel({ name }: { readonly name: string }): JSX.Element {
  const address = new URL(pathOfChannel(name), location.href).href;
  return (
    <div class="empty">
      <h2>{t('conversation.empty.title')}</h2>
      <p>{t('conversation.empty.text', { channel: name })}</p>
      <p class="invitation">
        <code>{address}</code>
        <button class="button is-small" type="button" onClick={() => void copyInvitation(address)}>
          <Icon name="copy" />
          {t('conversation.empty.copy')}
        </button>
      </p>
    </div>
  );
}
