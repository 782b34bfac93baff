import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Message } from '../connection/contract';
import { formatFullDate, formatShort, formatTime, t } from '../i18n';
import { moderates } from '../state/moderation';
import { useClient } from './clientContext';
import { useSelected } from './hooks';
import { useLazy } from './lazy';

interface EditedMarkProps {
  readonly message: Message;
  readonly editedAt: string;
  readonly own: boolean;
  readonly reachable: boolean;
}

/** That a message was edited, and when; its author and moderators may see what it said before. */
export function EditedMark({ message, editedAt, own, reachable }: EditedMarkProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const mayLook = useSelected(useClient().store, moderates) || own;
  const FormerTexts = useLazy(open, async () => (await import('./formerTexts')).FormerTexts, () => setOpen(false));
  const at = Date.parse(editedAt);
  const mark = (
    <time dateTime={editedAt} title={formatFullDate(at)}>
      {t('message.edited', { time: isSameDay(at, Date.parse(message.sentAt)) ? formatTime(at) : formatShort(at) })}
    </time>
  );
  if (!mayLook) return <p class="edited">{mark}</p>;
  return (
    <div class="edited">
      <button
        class="edited-button"
        type="button"
        aria-expanded={open}
        title={t('message.versions')}
        tabIndex={reachable ? 0 : -1}
        onClick={() => setOpen(!open)}
      >
        {mark}
      </button>
      {open && FormerTexts && <FormerTexts message={message} />}
    </div>
  );
}

const isSameDay = (one: number, other: number): boolean => new Date(one).toDateString() === new Date(other).toDateString();
