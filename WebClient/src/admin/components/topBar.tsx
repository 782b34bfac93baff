import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../../view/dialog';
import { useStore } from '../../view/hooks';
import { Mark } from '../../view/icons';
import { preferences } from '../../view/preferences';
import { formatClock, languageNames, t } from '../i18n';
import { useConsole } from './console';
import { Select } from './form';
import { Icon } from './icons';
import { Link } from './navigation';
import type { Preferences } from '../../state/preferences';

export function TopBar({ menuOpen, toggleMenu }: { readonly menuOpen: boolean; readonly toggleMenu: () => void }): JSX.Element {
  const console = useConsole();
  const freshness = useStore(console.live.freshness);
  const { recent } = useStore(console.notices);
  const [open, setOpen] = useState<'notices' | 'appearance' | null>(null);
  return (
    <header class="top-bar">
      <button class="icon-button menu-button" type="button" aria-label={t('nav.menu')} aria-expanded={menuOpen} aria-controls="navigation" onClick={toggleMenu}>
        <Icon name="menu" />
      </button>
      <Link to="overview" class="wordmark">
        <Mark />
        <span class="wordmark-text">{t('app.name')}</span>
      </Link>
      <p class={`freshness is-${freshness}`} title={t(`freshness.${freshness}.hint`)}>
        {t(`freshness.${freshness}`)}
      </p>
      <button class="icon-button" type="button" aria-label={t('notices.recent')} onClick={() => setOpen('notices')}>
        <Icon name="bell" />
      </button>
      <button class="icon-button" type="button" aria-label={t('appearance.title')} onClick={() => setOpen('appearance')}>
        <Icon name="settings" />
      </button>
      <button class="icon-button" type="button" aria-label={t('signOut')} onClick={() => void console.signOut().catch(() => console.failed(t('signOut.failed')))}>
        <Icon name="leave" />
      </button>
      {open === 'notices' && (
        <Dialog title={t('notices.recent')} closed={() => setOpen(null)}>
          {(close) => (
            <>
              {recent.length === 0 && <p class="nothing">{t('notices.recent.none')}</p>}
              <ol class="recent">
                {recent.map(({ id, at, text, kind }) => (
                  <li key={id} class={kind === 'error' ? 'is-error' : undefined}>
                    <time dateTime={new Date(at).toISOString()}>{formatClock(at)}</time> {text}
                  </li>
                ))}
              </ol>
              <div class="actions"><button class="button" type="button" onClick={close}>{t('action.close')}</button></div>
            </>
          )}
        </Dialog>
      )}
      {open === 'appearance' && (
        <Dialog title={t('appearance.title')} closed={() => setOpen(null)}>
          {(close) => (
            <div class="form">
              <Appearance />
              <div class="actions"><button class="button" type="button" onClick={close}>{t('action.close')}</button></div>
            </div>
          )}
        </Dialog>
      )}
    </header>
  );
}

/** What this browser's reader prefers; the chat page follows the same. */
function Appearance(): JSX.Element {
  const chosen = useStore(preferences.store);
  const choose = (change: Partial<Preferences>): void => preferences.choose(change);
  return (
    <>
      <Select
        label={t('appearance.theme')} value={chosen.theme}
        choices={(['system', 'light', 'dark', 'contrast'] as const).map((value) => ({ value, label: t(`appearance.theme.${value}`) }))}
        changed={(value) => choose({ theme: value as Preferences['theme'] })}
      />
      <Select
        label={t('appearance.density')} value={chosen.density}
        choices={(['comfortable', 'compact'] as const).map((value) => ({ value, label: t(`appearance.density.${value}`) }))}
        changed={(value) => choose({ density: value as Preferences['density'] })}
      />
      <Select
        label={t('appearance.language')} value={chosen.language}
        choices={[{ value: 'browser', label: t('appearance.language.browser') }, ...Object.entries(languageNames).map(([value, label]) => ({ value, label }))]}
        changed={(value) => choose({ language: value as Preferences['language'] })}
      />
    </>
  );
}
