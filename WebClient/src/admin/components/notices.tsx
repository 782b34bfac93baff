import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useStore } from '../../view/hooks';
import { t } from '../i18n';
import { gone, stays, staysToUndo, undone, type Notice } from '../state/toasts';
import { useConsole } from './console';

/** What was done just now, with the way back for a while; the bell keeps it. */
export function Notices(): JSX.Element {
  const { notices } = useConsole();
  const { shown } = useStore(notices);
  return (
    <div class="toasts" role="status">
      {shown.map((notice) => (
        <Toast key={notice.id} notice={notice} />
      ))}
    </div>
  );
}

function Toast({ notice: { id, text, kind, undo } }: { readonly notice: Notice }): JSX.Element {
  const { notices } = useConsole();
  /** Whoever points at it, or is in it, has time (WCAG 2.2.1). */
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => notices.update((now) => gone(now, id)), undo ? staysToUndo : stays);
    return () => clearTimeout(timer);
  }, [id, held]);
  return (
    <p
      class={kind === 'error' ? 'toast is-error' : 'toast'}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocusCapture={() => setHeld(true)}
      onBlurCapture={() => setHeld(false)}
    >
      <span>{text}</span>
      {undo && (
        <button
          class="button is-small" type="button"
          onClick={() => {
            notices.update((now) => undone(now, id));
            undo();
          }}
        >
          {t('action.undo')}
        </button>
      )}
    </p>
  );
}
