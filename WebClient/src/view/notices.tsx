import type { JSX } from 'preact';
import { t } from '../i18n';
import { showControls } from '../state/text';
import { keep } from './announcer';
import { useClient } from './clientContext';
import { Icon } from './icons';

/** The server's words to everybody, until they are put away. */
export function Notices({ texts }: { readonly texts: readonly string[] }): JSX.Element {
  const client = useClient();
  const dismiss = (text: string): void => {
    client.dismissNotice(text);
    keep(text);
  };
  return (
    <div class="notices" role="status">
      {texts.map((text) => (
        <p class="notice-bar" key={text}>
          <Icon name="server" />
          <span dir="auto">{showControls(text)}</span>
          <button class="icon-button" type="button" aria-label={t('notice.dismiss')} onClick={() => dismiss(text)}>
            <Icon name="close" />
          </button>
        </p>
      ))}
    </div>
  );
}
