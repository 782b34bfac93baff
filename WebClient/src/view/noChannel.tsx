import type { JSX } from 'preact';
import type { ConnectionStatus } from '../connection/connector';
import { t } from '../i18n';
import { ConnectionBanner } from './connectionStatus';
import { Icon, Mark } from './icons';
import type { Panel } from './panels';

/** What stands in the conversation's place when the user is in no channel. */
export function NoChannel({ connection, panel }: { readonly connection: ConnectionStatus; readonly panel: Panel }): JSX.Element {
  return (
    <>
      <header class="conversation-header">
        <button class="icon-button" type="button" aria-label={t('channels.open')} aria-expanded={panel.open} onClick={panel.toggle}>
          <Icon name="channels" />
        </button>
      </header>
      <ConnectionBanner status={connection} />
      <div class="empty">
        <Mark />
        <h1>{t('channels.none.title')}</h1>
        <p>{t('channels.none.text')}</p>
      </div>
    </>
  );
}
