import { render } from 'preact';
import { browserStorage } from './connection/browserStorage';
import { openCacheStore } from './connection/cacheStore';
import { ChatClient } from './connection/chatClient';
import { openOutboxStore } from './connection/indexedDbOutboxStore';
import { Outgoing } from './connection/outgoing';
import { tabLock } from './connection/platform';
import { SavedState } from './connection/savedState';
import { isRefused, signIn } from './connection/sessionsApi';
import { openHub } from './connection/signalRHub';
import { openTabs } from './connection/tabs';
import { locale, showLanguage } from './i18n';
import { routeOfPath } from './state/route';
import { App } from './view/app';
import { followAddress } from './view/address';
import { arrangement } from './view/arrangement';
import { install } from './view/installation';
import { notify, tellWhatIsWatched } from './view/notifier';
import { followAppearance, preferences } from './view/preferences';

const saved = new SavedState(browserStorage());
const client: ChatClient = new ChatClient({
  open: openHub,
  isRefused,
  isOnline: () => navigator.onLine,
  signIn,
  saved,
  outbox: openOutboxStore(),
  outgoing: new Outgoing(browserStorage()),
  cache: openCacheStore(),
  lock: tabLock,
  tabs: openTabs(),
  arrived: (message) => void notify(client, message),
});

// Before the first drawing: a stored session connects while the page is being built.
client.start(routeOfPath(location.pathname));
followAddress(client);
const followUser = (): void => arrangement.belongsTo(client.store.state.session?.username ?? null);
client.store.subscribe(followUser);
followUser();
tellWhatIsWatched(client);
install(client);

const followLanguage = (): Promise<void> => showLanguage(preferences.store.state.language, preferences.store.state.clock);
const nameLanguage = (): void => void (document.documentElement.lang = locale.state.tag);
followAppearance(document.documentElement);
preferences.store.subscribe(() => void followLanguage());
locale.subscribe(nameLanguage);
// Not before the reader's language is there: English would only flash by.
void followLanguage().then(() => {
  nameLanguage();
  const root = document.getElementById('app');
  if (root) render(<App client={client} />, root);
});

addEventListener('online', () => client.reconnect());
addEventListener('pagehide', () => client.leave());
addEventListener('storage', (event) => {
  preferences.changedElsewhere(event.key);
  arrangement.changedElsewhere(event.key);
  const part = saved.partOf(event.key);
  if (part) client.savedElsewhere(part);
});
const lookAgain = (): void => client.attentionChanged(document.visibilityState === 'visible' && document.hasFocus());
document.addEventListener('visibilitychange', lookAgain);
addEventListener('focus', lookAgain);
addEventListener('blur', lookAgain);
lookAgain();
