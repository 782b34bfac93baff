import { useEffect } from 'preact/hooks';

interface Actions {
  readonly search: () => void;
  readonly markAllRead: () => void;
}

/** The keys that work everywhere on the page. A letter or sign by itself is text where text is written. */
export function useShortcuts({ search, markAllRead }: Actions): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const act = actionOf(event);
      if (!act || event.defaultPrevented) return;
      event.preventDefault();
      act();
    };
    const actionOf = ({ key, ctrlKey, shiftKey, altKey, metaKey, target }: KeyboardEvent): (() => void) | null => {
      if (altKey || metaKey) return null;
      if (ctrlKey) return shiftKey && key.toLowerCase() === 'f' ? search : null;
      if (key === '/' && !isWriting(target)) return search;
      return key === 'Escape' && shiftKey ? markAllRead : null;
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
