import type { JSX } from 'preact';
import { t } from '../i18n';
import { Dialog } from './dialog';
import { allKeys } from './keys';

/** Which keys do what. */
export function ShortcutHelp({ closed }: { readonly closed: () => void }): JSX.Element {
  return (
    <Dialog title={t('keys.title')} closed={closed}>
      {(close) => (
        <>
          {allKeys.map(({ where, shortcuts }) => (
            <section key={where} class="shortcuts">
              <h3>{t(where)}</h3>
              <dl>
                {shortcuts.map(({ keys, what }) => (
                  <div key={what}>
                    <dt>{keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt>
                    <dd>{t(what)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
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
