import type { ChatClient } from '../connection/chatClient';
import { NewerPage } from '../connection/newerPage';
import { routeOfPath } from '../state/route';

const namesOf = (selector: string, attribute: string): string[] =>
  [...document.querySelectorAll(selector)].flatMap((element) => element.getAttribute(attribute) ?? []);

/** Whether the server has another page than this one. */
export const newerPage = new NewerPage(
  [...namesOf('script[src]', 'src'), ...namesOf('link[rel=stylesheet]', 'href')],
  (path, init) => fetch(path, init),
);

/** A page that was loaded less than this long ago is the server's newest, in milliseconds. */
const freshFor = 60_000;

/** A script's address is a matter of trust; this one is a constant. */
const trusted = (address: string): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): { createScriptURL(address: string): string } } };
  return trustedTypes?.createPolicy('service-worker', { createScriptURL: (own: string) => own }).createScriptURL(address) ?? address;
};

/** Null where the browser has no service workers, or gives none to a page without HTTPS. */
let registration: Promise<ServiceWorkerRegistration | null> = Promise.resolve(null);

/** The worker that can show notifications; null if there is none. */
export async function worker(): Promise<ServiceWorkerRegistration | null> {
  const registered = await registration;
  return registered?.active ? registered : null;
}

/** Has the page open without a network, and notices when the server got another one. */
export function install(client: ChatClient): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    // Browsers refuse it in some private windows; the page does without.
    registration = loaded()
      .then(() => navigator.serviceWorker.register(trusted('/sw.js'), { updateViaCache: 'none' }))
      .then(followed)
      .catch(() => null);
    navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const route = routeOfPath(pathOf(data));
      if (route && client.store.state.session) client.show(route.channel, route.seq);
    });
  }
  let wasOnline = true;
  let isFirst = true;
  client.store.subscribe(() => {
    const { phase } = client.store.state.connection;
    const online = phase === 'online';
    // A server that was away may be another one now; so may one whose page has been waiting for somebody to sign in.
    if (online && (!wasOnline || (isFirst && performance.now() > freshFor))) void look();
    if (online) isFirst = false;
    wasOnline = online || phase === 'connecting';
  });
}

/** Done when nothing that the first drawing needs is on its way any more. */
const loaded = (): Promise<unknown> =>
  document.readyState === 'complete' ? Promise.resolve() : new Promise((resolve) => addEventListener('load', resolve, { once: true }));

async function look(): Promise<void> {
  await newerPage.look();
  await (await registration)?.update().catch(() => undefined);
}

function followed(registered: ServiceWorkerRegistration): ServiceWorkerRegistration {
  const replace = (): void => {
    // A page as new as the worker that waits has no use for the old one; an older page keeps it until it is loaded again.
    if (registered.waiting && registered.active) void newerPage.look().then(() => newerPage.found.state || registered.waiting?.postMessage('activate'));
  };
  replace();
  registered.addEventListener('updatefound', () => {
    registered.installing?.addEventListener('statechange', replace);
  });
  return registered;
}

const pathOf = (data: unknown): string =>
  typeof data === 'object' && data !== null && 'path' in data && typeof data.path === 'string' ? data.path : '';
