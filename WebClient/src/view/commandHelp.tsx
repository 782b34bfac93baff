import type { JSX } from 'preact';
import { t } from '../i18n';
import { commandsFor } from '../state/commands';
import { useClient } from './clientContext';
import { commandHelp, commandUsage } from './commandTexts';
import { Dialog } from './dialog';

/** All commands the user may give. */
export function CommandHelp({ closed }: { readonly closed: () => void }): JSX.Element {
  const client = useClient();
  return (
    <Dialog title={t('command.title')} closed={closed}>
      {(close) => (
        <>
          <dl class="command-help">
            {commandsFor(client.store.state.scopes).map((name) => (
              <div key={name}>
                <dt>
                  <code>{commandUsage(name)}</code>
                </dt>
                <dd>{commandHelp(name)}</dd>
              </div>
            ))}
          </dl>
          <p class="hint">{t('command.slash')}</p>
          <div class="actions">
            <button class="button" type="button" onClick={close}>
              {t('drawer.close')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
