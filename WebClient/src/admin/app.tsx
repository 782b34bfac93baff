import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../view/dialog';
import { useStore } from '../view/hooks';
import { ConsoleContext, type Console } from './components/console';
import { ErrorNotice } from './components/errorNotice';
import { Link, place } from './components/navigation';
import { Notices } from './components/notices';
import { TopBar } from './components/topBar';
import { SideBar } from './components/sideBar';
import { locale, t } from './i18n';
import { screenOf } from './screens';
import { SignInForm, SignInScreen } from './screens/signIn';
import type { Route } from './state/route';
import { may, screenScopes } from './state/scopes';

export function App({ console }: { readonly console: Console }): JSX.Element {
  const visitor = useStore(console.visitor);
  const { tag } = useStore(locale);
  // Everything is drawn anew in another language: no part of it remembers how it spoke.
  const entered = useRef(false);
  if (visitor.state === 'in') entered.current = true;
  else if (visitor.state === 'out' && !visitor.expired) entered.current = false;

  return (
    <ConsoleContext.Provider value={console} key={tag}>
      {entered.current ? <Frame console={console} /> : visitor.state === 'unknown' ? <Waiting console={console} /> : <SignInScreen />}
      {entered.current && visitor.state === 'out' && (
        <Dialog title={t('signIn.again')} closed={() => console.visitor.update((now) => (now.state === 'out' ? { state: 'out', expired: false } : now))}>
          {() => <SignInForm expired />}
        </Dialog>
      )}
    </ConsoleContext.Provider>
  );
}

function Waiting({ console }: { readonly console: Console }): JSX.Element {
  const visitor = useStore(console.visitor);
  const error = visitor.state === 'unknown' ? visitor.error : null;
  return (
    <main class="sign-in">
      <h1 class="visually-hidden">{t('app.name')}</h1>
      {error ? <ErrorNotice error={error} retry={() => void console.start()} /> : <p role="status">{t('loading')}</p>}
    </main>
  );
}

function Frame({ console }: { readonly console: Console }): JSX.Element {
  const route = useStore(place);
  const [menu, setMenu] = useState(false);
  const main = useRef<HTMLElement>(null);
  const where = route === null ? null : `${route.screen}/${route.item ?? ''}`;
  const first = useRef(true);

  useLayoutEffect(() => {
    document.title = t('app.title', { screen: titleOf(route) });
    setMenu(false);
    // As a browser does for a page of its own: the reader is told where he is. At the first drawing he has not gone anywhere.
    if (!first.current) {
      main.current?.querySelector<HTMLElement>('h1')?.focus();
      scrollTo(0, 0);
    }
    first.current = false;
  }, [where]);

  const visitor = useStore(console.visitor);
  const scopes = visitor.state === 'in' ? visitor.session.scopes : null;
  const forbidden = route !== null && scopes !== null && !may(scopes, screenScopes[route.screen]);
  const Screen = route === null ? null : screenOf(route);
  return (
    <div class="console">
      <a class="skip" href="#main" onClick={(event) => {
        event.preventDefault();
        main.current?.focus();
      }}>{t('app.skip')}</a>
      <TopBar menuOpen={menu} toggleMenu={() => setMenu(!menu)} />
      <SideBar route={route} open={menu} scopes={scopes} />
      <main id="main" ref={main} tabIndex={-1}>
        {Screen === null || route === null ? (
          <div class="empty">
            <h1 tabIndex={-1}>{t('notFound.title')}</h1>
            <p>{t('notFound.text')}</p>
            <p><Link to="overview">{t('notFound.link')}</Link></p>
          </div>
        ) : forbidden ? (
          <div class="empty">
            <h1 tabIndex={-1}>{t(`screen.${route.screen}`)}</h1>
            <p>{t('forbidden.text', { scope: screenScopes[route.screen] })}</p>
          </div>
        ) : (
          <Screen key={where ?? ''} route={route} />
        )}
      </main>
      <Notices />
    </div>
  );
}

const titleOf = (route: Route | null): string => (route === null ? t('notFound.title') : (route.item ?? t(`screen.${route.screen}`)));
