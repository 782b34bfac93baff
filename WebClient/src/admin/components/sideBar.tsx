import type { JSX } from 'preact';
import { t } from '../i18n';
import { screens, type Route } from '../state/route';
import { may, screenScopes } from '../state/scopes';
import { Icon } from './icons';
import { Link } from './navigation';

interface SideBarProps {
  readonly route: Route | null;
  readonly open: boolean;
  /** What the key may do; null if it is being asked for again. */
  readonly scopes: readonly string[] | null;
}

/** The screens that the key opens. */
export function SideBar({ route, open, scopes }: SideBarProps): JSX.Element {
  const shown = screens.filter((screen) => scopes === null || may(scopes, screenScopes[screen]));
  return (
    <nav id="navigation" class={open ? 'side-bar is-open' : 'side-bar'} aria-label={t('nav.label')}>
      <ul>
        {shown.map((screen) => (
          <li key={screen}>
            <Link to={screen} current={route?.screen === screen}>
              <Icon name={screen} />
              {t(`screen.${screen}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
