import type { JSX } from 'preact';
import type { Message } from '../connection/contract';
import { t } from '../i18n';
import type { OwnChange, PendingMessage } from '../state/chatState';
import { isPending } from '../state/rows';
import { EditedMark } from './editedMark';
import { MessageStub } from './messageStub';
import { MessageText } from './messageText';

interface MessageBodyProps {
  /** Of the element that holds the text. */
  readonly id: string;
  readonly message: Message | PendingMessage;
  readonly change: OwnChange | null;
  readonly own: boolean;
  readonly reachable: boolean;
}

/** What a message says, in which state of it, and how native clients saw it; of a deleted one, that it was there. */
export function MessageBody({ id, message, change, own, reachable }: MessageBodyProps): JSX.Element {
  const held = isPending(message) ? null : message;
  if (held?.deletedAt !== undefined) return <MessageStub id={id} message={held} />;
  const isSaving = change?.kind === 'edit' && change.problem === null;
  // One shape, so that the text stays the same element when what waited is confirmed.
  return (
    <>
      <MessageText id={id} text={isSaving ? change.text : message.text} reachable={reachable} />
      {held?.editedAt !== undefined && <EditedMark message={held} editedAt={held.editedAt} own={own} reachable={reachable} />}
      {held?.nativeText !== undefined && (
        <details class="fidelity">
          <summary title={t('message.fidelity.title')}>{t('message.fidelity')}</summary>
          <pre dir="auto">{held.nativeText}</pre>
        </details>
      )}
    </>
  );
}
