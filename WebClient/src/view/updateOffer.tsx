import type { JSX } from 'preact';
import { t } from '../i18n';
import { useStore } from './hooks';
import { newerPage } from './installation';

/** Takes the server's page in this one's place. */
export const ReloadButton = (): JSX.Element => (
  <button class="button is-small" type="button" onClick={() => location.reload()}>
    {t('update.reload')}
  </button>
);

/** Offers the newer page; what is being written is kept over it. `needed`: the page says already that it is of no use without, and offers the same. */
export function UpdateOffer({ needed }: { readonly needed: boolean }): JSX.Element {
  const found = useStore(newerPage.found);
  return (
    <div class="update-offer" role="status">
      {found && !needed && (
        <p class="toast">
          <span>{t('update.found')}</span>
          <ReloadButton />
        </p>
      )}
    </div>
  );
}
