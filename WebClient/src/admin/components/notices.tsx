import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
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
  useEffect(() => {
    const timer = setTimeout(() => notices.update((now) => gone(now, id)), undo ? staysToUndo : stays);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <p class={kind === 'error' ? 'toast is-error' : 'toast'}>
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
