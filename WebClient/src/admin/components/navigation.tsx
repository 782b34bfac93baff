import type { ComponentChildren, JSX } from 'preact';
import { Store } from '../../state/store';
import { pathOf, routeOf, type Route, type Screen } from '../state/route';

/** Where the console is, as the address says; null if the address is none of its places. */
export const place = new Store<Route | null>(routeOf(location.pathname, location.search));

const follow = (): void => place.update(() => routeOf(location.pathname, location.search));
addEventListener('popstate', follow);

export function go(path: string, replace = false): void {
  if (path === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  follow();
}

/** Changes the filters of the screen in view; the way back goes past them to the screen before. */
export function filterBy(filters: Readonly<Record<string, string>>): void {
  const at = place.state;
  if (at) go(pathOf(at.screen, at.item, { ...at.filters, ...filters }), true);
}

interface LinkProps {
  readonly to: Screen;
  readonly item?: string | null;
  readonly filters?: Readonly<Record<string, string>>;
  readonly class?: string;
  readonly current?: boolean;
  readonly children: ComponentChildren;
}

export function Link({ to, item = null, filters = {}, current = false, children, ...rest }: LinkProps): JSX.Element {
  const path = pathOf(to, item, filters);
  const click = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(path);
  };
  return (
    <a {...rest} href={path} aria-current={current ? 'page' : undefined} onClick={click}>
      {children}
    </a>
  );
}
