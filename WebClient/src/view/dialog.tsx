import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  /** It is closed, by whatever. */
  readonly closed: () => void;
  /** Gets what closes it. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** What a dialog's element has of it. */
interface Modal {
  readonly ref: RefObject<HTMLDialogElement | null>;
  readonly onCancel: (event: Event) => void;
  readonly onClose: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Opens a dialog before everything else, and ends it once: at a press beside it, at Escape, or by what is in it. The browser gives the focus back at once, but tells of the end
 * only later, when another dialog may be open.
 */
export function useModal(closed: () => void): { readonly close: () => void; readonly modal: Modal } {
  const dialog = useRef<HTMLDialogElement>(null);
  const ended = useRef(false);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = (): void => {
    if (ended.current) return;
    ended.current = true;
    dialog.current?.close();
    closed();
  };
  const onCancel = (event: Event): void => {
    event.preventDefault();
    close();
  };
  // What lies beneath does not hear the keys pressed here: Escape would close a drawer too.
  const onKeyDown = (event: KeyboardEvent): void => event.stopPropagation();
  return { close, modal: { ref: dialog, onCancel, onClose: close, onKeyDown } };
}

/** A question or a list before everything else; the browser gives the focus back to what had it. */
export function Dialog({ title, closed, children }: DialogProps): JSX.Element {
  const id = useId();
  const { close, modal } = useModal(closed);
  return (
    <dialog
      class="dialog"
      aria-labelledby={id}
      {...modal}
      onClick={(event) => event.target === event.currentTarget && !isWithin(event.currentTarget, event) && close()}
    >
      <h2 id={id}>{title}</h2>
      {children(close)}
    </dialog>
  );
}

/** A press beside the dialog is one on its own element too. */
function isWithin(dialog: HTMLDialogElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
