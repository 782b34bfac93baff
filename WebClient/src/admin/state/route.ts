/** The screens, in the order of the navigation. */
export const screens = ['overview', 'connections', 'sessions', 'channels', 'sanctions', 'raid', 'notices', 'audit', 'jobs', 'settings', 'keys'] as const;
export type Screen = (typeof screens)[number];

/** Where the console is: a screen, perhaps one thing on it, and what is filtered. */
export interface Route {
  readonly screen: Screen;
  /** A connection's id or a channel's name; null for the list. */
  readonly item: string | null;
  readonly filters: Readonly<Record<string, string>>;
}

export const base = '/admin';

/** The words in the address. */
const segments: Readonly<Record<Screen, string>> = {
  overview: '', connections: 'connections', sessions: 'sessions', channels: 'channels', sanctions: 'bans', raid: 'raid-level', notices: 'notices', audit: 'audit', jobs: 'jobs',
  settings: 'settings', keys: 'keys',
};
const withItems: ReadonlySet<Screen> = new Set<Screen>(['connections', 'channels']);

/** What an address means; null if it is none of the console's. */
export function routeOf(path: string, search = ''): Route | null {
  if (path !== base && !path.startsWith(`${base}/`)) return null;
  const [segment = '', item, ...others] = path.slice(base.length + 1).replace(/\/$/, '').split('/');
  const screen = screens.find((name) => segments[name] === segment);
  if (screen === undefined || others.length > 0 || (item !== undefined && !withItems.has(screen))) return null;
  try {
    return { screen, item: item === undefined || item === '' ? null : decodeURIComponent(item), filters: Object.fromEntries(new URLSearchParams(search)) };
  } catch {
    return null;
  }
}

export function pathOf(screen: Screen, item: string | null = null, filters: Route['filters'] = {}): string {
  const place = [base, segments[screen], item === null ? '' : encodeURIComponent(item)].filter((part) => part !== '').join('/');
  const search = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
  return search === '' ? place : `${place}?${search}`;
}
