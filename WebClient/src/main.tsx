import { render } from 'preact';
import { ChatClient } from './connection/chatClient';
import { openOutboxStore } from './connection/indexedDbOutboxStore';
import { Outgoing } from './connection/outgoing';
import { tabLock } from './connection/platform';
import { SavedState } from './connection/savedState';
import { isRefused, signIn } from './connection/sessionsApi';
import { openHub } from './connection/signalRHub';
import { openTabs } from './connection/tabs';
import { languageTag } from './i18n';
import { routeOfPath } from './state/route';
import { App } from './view/app';
import { followAddress } from './view/address';

const saved = new SavedState(storage());
const client = new ChatClient({
  open: openHub,
  isRefused,
  isOnline: () => navigator.onLine,
  signIn,
  saved,
  outbox: openOutboxStore(),
  outgoing: new Outgoing(storage()),
  lock: tabLock,
  tabs: openTabs(),
});

// Before the first drawing: a stored session connects while the page is being built.
client.start(routeOfPath(location.pathname));
followAddress(client);

document.documentElement.lang = languageTag;
const root = document.getElementById('app');
if (root) render(<App client={client} />, root);

addEventListener('online', () => client.reconnect());
addEventListener('pagehide', () => client.leave());
addEventListener('storage', (event) => {
  const part = saved.partOf(event.key);
  if (part) client.savedElsewhere(part);
});
const lookAgain = (): void => client.attentionChanged(document.visibilityState === 'visible' && document.hasFocus());
document.addEventListener('visibilitychange', lookAgain);
addEventListener('focus', lookAgain);
addEventListener('blur', lookAgain);
lookAgain();

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
