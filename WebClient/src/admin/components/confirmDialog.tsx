import type { ComponentChildren, JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Dialog } from '../../view/dialog';
import { t } from '../i18n';
import { ErrorNotice } from './errorNotice';
import { useAction } from './useResource';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, in numbers. */
  readonly children: ComponentChildren;
  /** The verb on the button. */
  readonly confirm: string;
  /** To be typed before it can be done, for what is large. */
  readonly word?: string | null;
  readonly danger?: boolean;
  readonly run: () => Promise<unknown>;
  readonly closed: () => void;
}

/** Asks before something that cannot be undone, or meets many. It stays open until that is done, and says why if it could not be. */
export function ConfirmDialog({ title, children, confirm, word = null, danger = true, run, closed }: ConfirmDialogProps): JSX.Element {
  const id = useId();
  const action = useAction();
  const [typed, setTyped] = useState('');
  const missing = word !== null && typed.trim().toLowerCase() !== word.toLowerCase();
  return (
    <Dialog title={title} closed={closed}>
      {(close) => (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (!missing) void action.run(run).then((done) => done && close());
          }}
        >
          <div class="prose">{children}</div>
          {word !== null && (
            <div class="field">
              <label for={id}>{t('confirm.type', { word })}</label>
              <input id={id} type="text" value={typed} autocomplete="off" spellcheck={false} onInput={(event) => setTyped(event.currentTarget.value)} />
            </div>
          )}
          <ErrorNotice error={action.error} kept={t('error.nothingChanged')} />
          <div class="actions">
            <button class="button is-quiet" type="button" onClick={close}>
              {t('action.cancel')}
            </button>
            <button class={danger ? 'button is-danger' : 'button is-primary'} type="submit" disabled={missing || action.busy}>
              {action.busy ? t('action.busy') : confirm}
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
