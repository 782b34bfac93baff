import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { useStore } from './hooks';
import { entryOf, everywhereKeys, keyOf } from './keys';
import { useLazy } from './lazy';
import { openPreferences, preferencesOpen } from './preferences';

/** The dialog, and the key that opens it. Each choice counts at once, in all tabs. */
export function PreferencesDialog(): JSX.Element | null {
  const open = useStore(preferencesOpen);
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (entryOf(everywhereKeys, keyOf(event)) === null) return;
      event.preventDefault();
      openPreferences();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  const OpenDialog = useLazy(open, async () => (await import('./preferencesPanel')).PreferencesPanel);
  return open && OpenDialog ? <OpenDialog /> : null;
}
