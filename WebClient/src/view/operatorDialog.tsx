import type { JSX, TargetedSubmitEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ChatError, Problem } from '../connection/chatError';
import { t } from '../i18n';
import { say } from './announcer';
import { useClient } from './clientContext';
import { Dialog } from './dialog';
import { ProblemText } from './problemText';

/** Asks for an admin key. It is in no text field that keeps drafts, and goes to the server alone. */
export function OperatorDialog({ closed }: { readonly closed: () => void }): JSX.Element {
  const { moderation } = useClient();
  const id = useId();
  const [key, setKey] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <Dialog title={t('operator.title')} closed={closed}>
      {(close) => {
        const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
          event.preventDefault();
          if (key.trim() === '' || busy) return;
          setBusy(true);
          setProblem(null);
          try {
            await moderation.operate(key.trim());
            close();
            say(t('operator.done'));
          } catch (error) {
            setProblem((error as ChatError).problem);
            setBusy(false);
          }
        };
        return (
          <form onSubmit={(event) => void submit(event)}>
            <p id={`${id}-note`}>{t('operator.text')}</p>
            <div class="field">
              <label for={id}>{t('operator.key')}</label>
              <input
                id={id}
                type="password"
                autocomplete="off"
                autoFocus
                value={key}
                aria-describedby={`${id}-note`}
                onInput={(event) => setKey(event.currentTarget.value)}
              />
            </div>
            {problem && <ProblemText problem={problem} />}
            <div class="actions">
              <button class="button" type="button" onClick={close}>
                {t('dialog.cancel')}
              </button>
              <button class="button is-primary" type="submit" disabled={busy}>
                {t('operator.submit')}
              </button>
            </div>
          </form>
        );
      }}
    </Dialog>
  );
}
