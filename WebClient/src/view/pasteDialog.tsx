import type { JSX } from 'preact';
import { t } from '../i18n';
import { asBlock, lineCount } from '../state/pasting';
import { Dialog } from './dialog';

interface PasteDialogProps {
  readonly text: string;
  readonly insert: (text: string) => void;
  readonly closed: () => void;
}

/** Asks what is to become of many pasted lines. */
export function PasteDialog({ text, insert, closed }: PasteDialogProps): JSX.Element {
  return (
    <Dialog title={t('paste.title', { count: lineCount(text) })} closed={closed}>
      {(close) => {
        const choose = (chosen: string): void => {
          close();
          insert(chosen);
        };
        return (
          <>
            <p>{t('paste.text')}</p>
            <div class="actions">
              <button class="button" type="button" onClick={close}>
                {t('dialog.cancel')}
              </button>
              <button class="button" type="button" onClick={() => choose(text)}>
                {t('paste.asIs')}
              </button>
              <button class="button is-primary" type="button" autoFocus onClick={() => choose(asBlock(text))}>
                {t('paste.block')}
              </button>
            </div>
          </>
        );
      }}
    </Dialog>
  );
}
