import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ChatError } from '../connection/chatError';
import { t } from '../i18n';
import { errorText } from '../i18n/errorText';
import type { ReadUndo } from '../state/chatState';
import type { Imposed } from '../state/moderation';
import { announcement, keep, say } from './announcer';
import { useClient } from './clientContext';
import { useStore } from './hooks';

const imposedTexts = { ban: 'sanction.banned', mute: 'sanction.muted' } as const;

interface ToastsProps {
  readonly undo: ReadUndo | null;
  readonly imposed: Imposed | null;
}

/** Short words above the composer: what was done, and for a while the way back. */
export function Toasts({ undo, imposed }: ToastsProps): JSX.Element {
  const client = useClient();
  const text = useStore(announcement);
  useEffect(() => {
    if (undo) keep(t('reading.marked', { count: undo.markers.length }));
  }, [undo?.id]);
  const takeBack = (): Promise<void> => client.moderation.undo().catch((error: ChatError) => say(errorText(error.problem)));
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
      {imposed && (
        <p class="toast" key={`imposed ${imposed.id}`}>
          <span>{t(imposedTexts[imposed.kind], { name: imposed.username })}</span>
          <button class="button is-small" type="button" onClick={() => void takeBack()}>
            {t('sanction.undo')}
          </button>
        </p>
      )}
    </div>
  );
}
