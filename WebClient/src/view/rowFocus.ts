import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** A pointer rests on a row after this many ms: rows that are scrolled past under it are not drawn anew, which a slow device had to do in each frame. */
const restsAfter = 120;

interface RowFocus {
  readonly focused: boolean;
  readonly hovered: boolean;
  /** The row's own listeners. */
  readonly listeners: {
    readonly onFocusIn: () => void;
    readonly onFocusOut: (event: FocusEvent) => void;
    readonly onPointerDown: () => void;
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
  };
}

/**
 * Whether a row has the focus, or the pointer. A row with the focus may grow: one that gets it under a pressed mouse waits until the mouse is
 * released, so that what was pressed does not move away from under it.
 */
export function useRowFocus(row: RefObject<HTMLElement | null>): RowFocus {
  const [focused, setFocused] = useState(false);
  const [hovered, setHovered] = useState(false);
  const pressed = useRef(false);
  const resting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const released = (): void => {
    // The click comes first.
    setTimeout(() => {
      pressed.current = false;
      if (row.current?.contains(document.activeElement)) setFocused(true);
    });
  };
  return {
    focused,
    hovered,
    listeners: {
      onFocusIn: () => pressed.current || setFocused(true),
      // Not when the focus moves on within the row: what it moves to would vanish before it.
      onFocusOut: ({ relatedTarget }) => row.current?.contains(relatedTarget as Node | null) || setFocused(false),
      onPointerDown: () => {
        pressed.current = true;
        const waiting = new AbortController();
        const ended = (): void => {
          waiting.abort();
          released();
        };
        addEventListener('pointerup', ended, { signal: waiting.signal });
        addEventListener('pointercancel', ended, { signal: waiting.signal });
      },
      // A finger hovers over nothing: it gives the row the focus.
      onPointerEnter: ({ pointerType }) => {
        if (pointerType === 'mouse') resting.current = setTimeout(() => setHovered(true), restsAfter);
      },
      onPointerLeave: () => {
        clearTimeout(resting.current);
        setHovered(false);
      },
    },
  };
}
