import type { JSX } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../i18n';

interface DeleteDialogProps {
  readonly confirm: () => void;
  readonly close: () => void;
}

/** Asks before a message is gone for good. */
export function DeleteDialog({ confirm, close }: DeleteDialogProps): JSX.Element {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="dialog" ref={dialog} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`} onClose={close}>
      <h2 id={`${id}-title`}>{t('message.delete.title')}</h2>
      <p id={`${id}-text`}>{t('message.delete.text')}</p>
      <div class="actions">
        <button class="button" type="button" onClick={() => dialog.current?.close()}>
          {t('message.delete.cancel')}
        </button>
        <button
          class="button is-danger"
          type="button"
          onClick={() => {
            confirm();
            dialog.current?.close();
          }}
        >
          {t('message.delete')}
        </button>
      </div>
    </dialog>
  );
}
