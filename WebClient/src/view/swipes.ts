import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Panel } from './panels';

/** A swipe goes at least so far, in CSS pixels, … */
const leastWay = 60;
/** … and takes no longer, in milliseconds; slower ones scroll or select. */
const longest = 600;

/** Opens and closes the drawers by swipes: to the right the channels, to the left the members; back the way they came. */
export function useSwipes(page: RefObject<HTMLElement | null>, left: Panel, right: Panel): void {
  const panels = useRef({ left, right });
  panels.current = { left, right };
  useEffect(() => {
    const element = page.current;
    if (!element) return;
    let start: { readonly x: number; readonly y: number; readonly at: number } | null = null;
    const begin = (event: TouchEvent): void => {
      const touch = event.touches[0];
      const target = event.target as HTMLElement;
      // One finger, and not where sideways has a meaning already.
      const isFree = event.touches.length === 1 && !target.closest('input, textarea, select, dialog, .search-panel');
      start = touch && isFree ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
    };
    const end = (event: TouchEvent): void => {
      const touch = event.changedTouches[0];
      if (!start || !touch) return;
      const [x, y] = [touch.clientX - start.x, touch.clientY - start.y];
      const isSwipe = Math.abs(x) >= leastWay && Math.abs(x) > 2 * Math.abs(y) && event.timeStamp - start.at <= longest;
      start = null;
      if (isSwipe && (getSelection()?.isCollapsed ?? true)) swiped(x > 0 ? 'right' : 'left');
    };
    const swiped = (way: 'left' | 'right'): void => {
      const { left: channels, right: members } = panels.current;
      const [opens, closes] = way === 'right' ? [channels, members] : [members, channels];
      if (closes.open && !closes.docked) closes.close();
      else if (!opens.open && !opens.docked) opens.toggle();
    };
    element.addEventListener('touchstart', begin, { passive: true });
    element.addEventListener('touchend', end, { passive: true });
    return () => {
      element.removeEventListener('touchstart', begin);
      element.removeEventListener('touchend', end);
    };
  }, []);
}
