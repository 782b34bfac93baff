import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Panel } from './panels';

/** A drawer takes the focus when it opens, gives it back when it closes, and closes at Escape. */
export function useDrawer(panel: Panel): RefObject<HTMLElement | null> {
  const element = useRef<HTMLElement | null>(null);
  const isDrawer = panel.open && !panel.docked;
  useLayoutEffect(() => {
    if (!isDrawer) return;
    const before = document.activeElement;
    element.current?.querySelector<HTMLElement>('button, a, input')?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') panel.close();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [isDrawer]);
  return element;
}
