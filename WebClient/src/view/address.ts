import type { ChatClient } from '../connection/chatClient';
import { channelOfPath, pathOfChannel } from '../state/route';

/** Keeps the address and the channel on the screen the same, in both directions. */
export function followAddress(client: ChatClient): void {
  const update = (): void => {
    const { session, active, channels } = client.store.state;
    if (!session) return;
    const name = active === null ? undefined : channels.get(active)?.name;
    const path = name === undefined ? '/' : pathOfChannel(name);
    const shown = channelOfPath(location.pathname);
    if (path === location.pathname || (shown !== null && shown.toLowerCase() === active)) return;
    // The first channel takes the place of the address that led here, a further one is a step that "back" undoes.
    if (location.pathname === '/') history.replaceState(null, '', path);
    else history.pushState(null, '', path);
  };
  client.store.subscribe(update);
  update();
  addEventListener('popstate', () => {
    const name = channelOfPath(location.pathname);
    if (name !== null && client.store.state.session) client.show(name);
  });
}
