import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../connection/contract';
import { moderates } from '../state/moderation';
import { useClient } from './clientContext';
import { deletedText } from './deletedText';
import { useSelected } from './hooks';
import { useLazy } from './lazy';

/** The place of a deleted message: who deleted it, and for moderators why another one of them did. */
export function MessageStub({ id, message }: { readonly id: string; readonly message: Message }): JSX.Element {
  const [given, setGiven] = useState(true);
  const wanted = useSelected(useClient().store, moderates) && message.deletedBy === 'moderator' && given;
  const Reason = useLazy(wanted, async () => (await import('./removalReason')).RemovalReason, () => setGiven(false));
  return (
    <p id={id} class="message-stub">
      {deletedText(message)}
      {wanted && Reason && <Reason message={message} />}
    </p>
  );
}
