import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import type { ReadUndo } from '../state/chatState';
import { announcement, keep } from './announcer';
import { useClient } from './clientContext';
import { useStore } from './hooks';

/** Short words above the composer: what was done, and for a while the way back. */
export function Toasts({ undo }: { readonly undo: ReadUndo | null }): JSX.Element {
  const client = useClient();
  const text = useStore(announcement);
  useEffect(() => {
    if (undo) keep(t('reading.marked', { count: undo.markers.length }));
  }, [undo?.id]);
  return (
    <div class="toasts" role="status">
      {text !== '' && <p class="toast">{text}</p>}
      {undo && (
        <p class="toast" key={undo.id}>
          <span>{t('reading.marked', { count: undo.markers.length })}</span>
          <button class="button is-small" type="button" onClick={() => client.marks.undo()}>
            {t('reading.undo')}
          </button>
        </p>
      )}
    </div>
  );
}
