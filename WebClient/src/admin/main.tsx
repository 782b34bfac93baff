import { render } from 'preact';
import { ApiClient } from './api/client';
import { Live } from './api/live';
import { Console } from './components/console';
import { locale, showLanguage } from './i18n';
import { followAppearance, preferences } from '../view/preferences';
import { App } from './app';

const openEvents = (address: string): EventSource => new EventSource(address);
const console = new Console(new Live(openEvents), openEvents);
console.api = new ApiClient(fetch, () => console.expired());
void console.start();

const followLanguage = (): Promise<void> => showLanguage(preferences.store.state.language, preferences.store.state.clock);
const nameLanguage = (): void => void (document.documentElement.lang = locale.state.tag);
followAppearance(document.documentElement);
preferences.store.subscribe(() => void followLanguage());
locale.subscribe(nameLanguage);
void followLanguage().then(() => {
  nameLanguage();
  const root = document.getElementById('app');
  if (root) render(<App console={console} />, root);
});
addEventListener('storage', (event) => preferences.changedElsewhere(event.key));
