import { browserStorage } from '../connection/browserStorage';
import { SavedPreferences } from '../connection/savedPreferences';
import { shownTheme } from '../state/preferences';
import { Store } from '../state/store';

/** One for the page: every view and every key press follows them. */
export const preferences = new SavedPreferences(browserStorage());

/** Whether their dialog is open. */
export const preferencesOpen = new Store(false);

export const openPreferences = (): void => preferencesOpen.update(() => true);

/** Has the page look as preferred, now and whenever that changes. What the first paint shows `src/theme.js` has set before. */
export function followAppearance(root: HTMLElement): void {
  const contrast = matchMedia('(prefers-contrast: more)');
  const apply = (): void => {
    const { theme, density } = preferences.store.state;
    root.dataset['theme'] = shownTheme(theme, contrast.matches);
    root.dataset['density'] = density;
  };
  apply();
  preferences.store.subscribe(apply);
  contrast.addEventListener('change', apply);
}

/** Whether that key sends the message: never the Enter that ends an input method's composition, which Safari reports as 229. */
export function sends({ key, shiftKey, ctrlKey, metaKey, isComposing, keyCode }: KeyboardEvent): boolean {
  if (key !== 'Enter' || shiftKey || isComposing || keyCode === 229) return false;
  return preferences.store.state.sendKey === 'enter' || ctrlKey || metaKey;
}
