import type { ChatClient } from '../connection/chatClient';
import { channelKey } from '../state/chatState';
import { pathOf, routeOfPath } from '../state/route';

/** Keeps the address and the place on the screen the same, in both directions. */
export function followAddress(client: ChatClient): void {
  const update = (): void => {
    const { session, active, channels } = client.store.state;
    if (!session) return;
    const channel = active === null ? undefined : channels.get(active);
    const path = channel ? pathOf({ channel: channel.name, seq: channel.linkedSeq }) : '/';
    const shown = routeOfPath(location.pathname);
    const isThere = shown !== null && channelKey(shown.channel) === active && shown.seq === channel?.linkedSeq;
    if (isThere || path === location.pathname) return;
    // The first channel takes the place of the address that led here, a further place is a step that "back" undoes.
    if (location.pathname === '/') history.replaceState(null, '', path);
    else {
      // The view still shows what is left behind now.
      history.replaceState({ reading: readingSeq() }, '');
      history.pushState(null, '', path);
    }
  };
  client.store.subscribe(update);
  update();
  addEventListener('popstate', () => {
    const route = routeOfPath(location.pathname);
    if (route !== null && client.store.state.session) client.show(route.channel, route.seq, readingOf(history.state));
  });
}

/** The first message in view; null for a reader at the end, who is to come back to the end. */
function readingSeq(): number | null {
  const log = document.querySelector('.log');
  if (!log || log.scrollHeight - log.scrollTop - log.clientHeight < 30) return null;
  const top = log.getBoundingClientRect().top;
  const row = [...log.querySelectorAll<HTMLElement>('[data-seq]')].find((candidate) => candidate.getBoundingClientRect().bottom > top);
  return row ? Number(row.dataset['seq']) : null;
}

const readingOf = (state: unknown): number | null =>
  typeof state === 'object' && state !== null && 'reading' in state && typeof state.reading === 'number' ? state.reading : null;
