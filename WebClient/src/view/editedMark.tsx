import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChatError } from '../connection/chatError';
import type { Message, MessageVersion } from '../connection/contract';
import { formatFullDate, formatShort, formatTime, t } from '../i18n';
import { errorText } from '../i18n/errorText';
import { channelKey } from '../state/chatState';
import { showControls } from '../state/text';
import { useClient } from './clientContext';

interface EditedMarkProps {
  readonly message: Message;
  readonly editedAt: string;
  readonly own: boolean;
  readonly reachable: boolean;
}

/** That a message was edited, and when; its author may see what it said before. */
export function EditedMark({ message, editedAt, own, reachable }: EditedMarkProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const at = Date.parse(editedAt);
  const mark = (
    <time dateTime={editedAt} title={formatFullDate(at)}>
      {t('message.edited', { time: isSameDay(at, Date.parse(message.sentAt)) ? formatTime(at) : formatShort(at) })}
    </time>
  );
  if (!own) return <p class="edited">{mark}</p>;
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
      {open && <Versions message={message} />}
    </div>
  );
}

const isSameDay = (one: number, other: number): boolean => new Date(one).toDateString() === new Date(other).toDateString();

function Versions({ message: { channel, seq, rev } }: { readonly message: Message }): JSX.Element {
  const client = useClient();
  const [versions, setVersions] = useState<readonly MessageVersion[] | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    client.revisions.versions(channelKey(channel), seq).then(setVersions, (error: unknown) => {
      setProblem(error instanceof ChatError ? errorText(error.problem) : '');
    });
  }, [channel, seq, rev]);
  if (problem !== '') return <p class="is-error" role="alert">{problem}</p>;
  if (!versions) return <p>{t('conversation.loading')}</p>;
  return (
    <ol class="versions" aria-label={t('message.versions')}>
      {versions.map(({ text, at }) => (
        <li key={at}>
          <time dateTime={at}>{formatShort(Date.parse(at))}</time> <span dir="auto">{showControls(text)}</span>
        </li>
      ))}
    </ol>
  );
}
