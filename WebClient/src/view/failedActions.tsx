import type { JSX } from 'preact';
import type { Message } from '../connection/contract';
import { t, type TextKey } from '../i18n';
import { errorText } from '../i18n/errorText';
import { channelKey, type OwnChange, type PendingMessage } from '../state/chatState';
import { useClient } from './clientContext';
import { ProblemText } from './problemText';

interface FailedActionsProps {
  readonly message: PendingMessage;
  readonly edit: (text: string) => void;
}

/** Why a message was not sent, and what can be done with it. */
export function FailedActions({ message, edit }: FailedActionsProps): JSX.Element {
  const { outbox, revisions } = useClient();
  const discard = (): void => void outbox.remove(message.id);
  return (
    <div class="failed">
      {message.problem && <ProblemText problem={message.problem} />}
      <button class="button is-small" type="button" onClick={() => void outbox.retry(message.id)}>
        {t('message.retry')}
      </button>
      <button
        class="button is-small"
        type="button"
        onClick={() => {
          edit(message.text);
          if (message.replyTo !== null) revisions.reply(message.channel, message.replyTo);
          discard();
        }}
      >
        {t('message.edit')}
      </button>
      <button class="button is-small" type="button" onClick={discard}>
        {t('message.discard')}
      </button>
    </div>
  );
}

const refusals: Readonly<Record<OwnChange['kind'], TextKey>> = {
  edit: 'message.refused.edit',
  delete: 'message.refused.delete',
  react: 'message.refused.react',
};

/** Why a message was not changed. */
export function RefusedChange({ message, change }: { readonly message: Message; readonly change: OwnChange }): JSX.Element | null {
  const { revisions } = useClient();
  if (!change.problem) return null;
  return (
    <div class="failed">
      <p role="alert">{t(refusals[change.kind], { reason: errorText(change.problem) })}</p>
      {change.kind === 'edit' && (
        <button class="button is-small" type="button" onClick={() => revisions.beginEdit(message)}>
          {t('message.editAgain')}
        </button>
      )}
      <button class="button is-small" type="button" onClick={() => revisions.dismiss(channelKey(message.channel), message.seq)}>
        {t('notice.dismiss')}
      </button>
    </div>
  );
}
