import type { JSX } from 'preact';
import { t } from '../i18n';
import { Dialog } from './dialog';

interface DeleteDialogProps {
  readonly confirm: () => void;
  readonly closed: () => void;
}

/** Asks before a message is gone for good. */
export function DeleteDialog({ confirm, closed }: DeleteDialogProps): JSX.Element {
  return (
    <Dialog title={t('message.delete.title')} closed={closed}>
      {(close) => (
        <>
          <p>{t('message.delete.text')}</p>
          <div class="actions">
            <button class="button" type="button" onClick={close}>
              {t('message.delete.cancel')}
            </button>
            <button
              class="button is-danger"
              type="button"
              onClick={() => {
                confirm();
                close();
              }}
            >
              {t('message.delete')}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}
