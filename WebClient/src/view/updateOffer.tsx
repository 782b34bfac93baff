import type { JSX } from 'preact';
import { t } from '../i18n';
import { useStore } from './hooks';
import { newerPage } from './installation';

/** Offers the newer page; what is being written is kept over it. */
export function UpdateOffer(): JSX.Element {
  const found = useStore(newerPage.found);
  return (
    <div class="update-offer" role="status">
      {found && (
        <p class="toast">
          <span>{t('update.found')}</span>
          <button class="button is-small" type="button" onClick={() => location.reload()}>
            {t('update.reload')}
          </button>
        </p>
      )}
    </div>
  );
}
