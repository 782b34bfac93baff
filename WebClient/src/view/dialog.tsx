import type { ComponentChildren, JSX } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';

interface DialogProps {
  readonly title: string;
  /** It is closed, by whatever. */
  readonly closed: () => void;
  /** Gets what closes it. */
  readonly children: (close: () => void) => ComponentChildren;
}

/** A question or a list before everything else; the browser gives the focus back to what had it. */
export function Dialog({ title, closed, children }: DialogProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={id}
      onClose={closed}
      // What lies beneath does not hear the keys pressed here: Escape would close a drawer too.
      onKeyDown={(event) => event.stopPropagation()}
      onClick={(event) => event.target === event.currentTarget && !isWithin(event.currentTarget, event) && event.currentTarget.close()}
    >
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}

/** A press beside the dialog is one on its own element too. */
function isWithin(dialog: HTMLDialogElement, { clientX, clientY }: MouseEvent): boolean {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
