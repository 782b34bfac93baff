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
    else history.pushState(null, '', path);
  };
  client.store.subscribe(update);
  update();
  addEventListener('popstate', () => {
    const route = routeOfPath(location.pathname);
    if (route !== null && client.store.state.session) client.show(route.channel, route.seq);
  });
}
