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
    <dialog class="dialog" ref={dialog} aria-labelledby={id} onClose={closed}>
      <h2 id={id}>{title}</h2>
      {children(() => dialog.current?.close())}
    </dialog>
  );
}
