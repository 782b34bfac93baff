import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Broadcast } from '../state/chatState';
import { showControls } from '../state/text';
import { keep } from './announcer';
import { useClient } from './clientContext';
import { Icon } from './icons';

/** The server's words to everybody, until they are put away where they may be. */
export function Notices({ notices }: { readonly notices: readonly Broadcast[] }): JSX.Element {
  const client = useClient();
  const dismiss = (text: string): void => {
    client.dismissNotice(text);
    keep(text);
  };
  return (
    <div class="notices" role="status">
      {notices.map(({ text, dismissible }) => (
        <p class="notice-bar" key={text}>
          <Icon name="server" />
          <span dir="auto">{showControls(text)}</span>
          {dismissible && (
            <button class="icon-button" type="button" aria-label={t('notice.dismiss')} onClick={() => dismiss(text)}>
              <Icon name="close" />
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
