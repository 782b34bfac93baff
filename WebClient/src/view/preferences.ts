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
    colourBrowser(root.ownerDocument, shownTheme(theme, contrast.matches));
  };
  apply();
  preferences.store.subscribe(apply);
  contrast.addEventListener('change', apply);
}

/** The colours a phone gives its own bars, for light and dark: as `--paper-low` has them. */
const barColours = { system: ['#f4f1e9', '#1a1e26'], light: ['#f4f1e9', '#f4f1e9'], dark: ['#1a1e26', '#1a1e26'], contrast: ['#ffffff', '#000000'] } as const;

function colourBrowser(document: Document, theme: keyof typeof barColours): void {
  document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]').forEach((meta, i) => {
    meta.content = barColours[theme][i === 0 ? 0 : 1];
  });
}

/** Whether that key sends the message: never the Enter that ends an input method's composition, which Safari reports as 229. */
export function sends({ key, shiftKey, ctrlKey, metaKey, isComposing, keyCode }: KeyboardEvent): boolean {
  if (key !== 'Enter' || shiftKey || isComposing || keyCode === 229) return false;
  return preferences.store.state.sendKey === 'enter' || ctrlKey || metaKey;
}
