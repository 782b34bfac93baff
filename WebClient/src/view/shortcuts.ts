import { useLayoutEffect } from 'preact/hooks';
import { entryOf, keyOf, pageKeys } from './keys';
import { preferences } from './preferences';

/** One that answers false had nothing to do; the key means then what it always does. */
type Actions = Readonly<Record<keyof typeof pageKeys, (event: KeyboardEvent) => unknown>>;

/** The keys that work everywhere on the page. A letter or sign by itself is text where text is written. */
export function useShortcuts(actions: Actions): void {
  // Before the page is painted: what can be seen can be used.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const key = keyOf(event);
      const entry = entryOf(pageKeys, key);
      if (entry === null || event.defaultPrevented || preferences.store.state.shortcuts === 'off') return;
      if (document.querySelector('dialog[open]') || (key?.length === 1 && isWriting(event.target))) return;
      if (actions[entry](event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
