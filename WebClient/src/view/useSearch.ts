import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useMedia } from './hooks';

/** The search as the rest of the page knows it. */
export interface SearchToggle {
  readonly open: boolean;
  /** Beside the conversation, or instead of it where there is no room for both. */
  readonly docked: boolean;
  /** Counts how often it was wanted: each time its field takes the focus. */
  readonly wanted: number;
  /** What is to be searched for at once; null if the user is to say. */
  readonly query: string | null;
  readonly show: (query?: string) => void;
  readonly close: () => void;
}

/** Opens and closes the search; gives the focus back to what had it. */
export function useSearch(): SearchToggle {
  const docked = useMedia('(min-width: 68rem)');
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(0);
  const before = useRef<Element | null>(null);
  const [query, setQuery] = useState<string | null>(null);
  const show = (asked?: string): void => {
    setQuery(asked ?? null);
    if (!open) before.current = document.activeElement;
    setOpen(true);
    setWanted((count) => count + 1);
  };
  // Behind the drawing: beneath a panel that covers it, nothing takes the focus.
  useLayoutEffect(() => {
    const was = before.current;
    if (open || !(was instanceof HTMLElement)) return;
    before.current = null;
    const now = document.activeElement;
    // A hit that was gone to has it already.
    if (now === null || now === document.body || now.closest('.search-panel')) was.focus();
  }, [open]);
  const close = (): void => setOpen(false);
  return { open, docked, wanted, query, show, close };
}
