import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChatError } from '../connection/chatError';
import type { Message } from '../connection/contract';
import { reasonOf } from '../connection/removalReasons';
import { t } from '../i18n';
import { errorText } from '../i18n/errorText';
import { channelKey } from '../state/chatState';
import { showControls } from '../state/text';
import { useClient } from './clientContext';
import { useSelected } from './hooks';

/** Why a message was removed. It is asked for, and kept nowhere: who is no moderator any more does not find it. */
export function RemovalReason({ message: { channel, seq } }: { readonly message: Message }): JSX.Element | null {
  const { moderation, store } = useClient();
  // Before its channel is in step again the server does not know the user as a member.
  const live = useSelected(store, ({ channels }) => channels.get(channelKey(channel))?.phase === 'live');
  const [answer, setAnswer] = useState<{ readonly reason: string | null } | ChatError | null>(null);
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    const take = (found: typeof answer): void => void (wanted && setAnswer(found));
    reasonOf(moderation, channel, seq).then(
      (reason) => take({ reason }),
      (error: unknown) => take(error instanceof ChatError ? error : null),
    );
    return () => {
      wanted = false;
    };
  }, [live, channel, seq]);
  if (!answer) return null;
  return (
    // A part of the row's name. What comes a moment after the row is not to be read out by itself.
    <span class="message-reason" aria-live="off">
      {answer instanceof ChatError ? errorText(answer.problem) : answer.reason === null ? t('message.reason.none') : (
        <>
          {t('message.reason')} <span dir="auto">{showControls(answer.reason)}</span>
        </>
      )}
    </span>
  );
}
