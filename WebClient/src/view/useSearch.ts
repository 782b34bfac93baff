import type { FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useMedia } from './hooks';
import type { SearchPanelProps } from './searchPanel';

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

export type SearchPanel = FunctionComponent<SearchPanelProps>;

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
  const close = (): void => {
    setOpen(false);
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };
  return { open, docked, wanted, query, show, close };
}

/** The panel, which is loaded when it is first wanted: most visits pass without a search. */
export function useSearchPanel(open: boolean): SearchPanel | null {
  const [panel, setPanel] = useState<{ readonly component: SearchPanel } | null>(null);
  useEffect(() => {
    if (open && !panel) void import('./searchPanel').then(({ SearchPanel: component }) => setPanel({ component }));
  }, [open]);
  return panel?.component ?? null;
}
