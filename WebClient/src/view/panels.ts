import { useLayoutEffect, useState } from 'preact/hooks';
import { useMedia } from './hooks';

/** One of the regions beside the conversation: docked next to it where there is room, otherwise a drawer above it. */
export interface Panel {
  readonly docked: boolean;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly close: () => void;
}

/** Whether a docked region is open is remembered; a drawer is always closed at first. */
export function usePanel(name: string, dockedFrom: string): Panel {
  const storageKey = `kaichat.panel.${name}`;
  const docked = useMedia(`(min-width: ${dockedFrom})`);
  const [dockOpen, setDockOpen] = useState(() => read(storageKey) !== 'closed');
  const [drawerOpen, setDrawerOpen] = useState(false);
  // With the drawing: whoever opens it right after that finds it open.
  useLayoutEffect(() => setDrawerOpen(false), [docked]);

  const setOpen = (open: boolean): void => {
    if (!docked) return setDrawerOpen(open);
    setDockOpen(open);
    write(storageKey, open ? 'open' : 'closed');
  };
  const open = docked ? dockOpen : drawerOpen;
  return { docked, open, toggle: () => setOpen(!open), close: () => setOpen(false) };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that refuses storage forgets the choice with the page.
  }
}
