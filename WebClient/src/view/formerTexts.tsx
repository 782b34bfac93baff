import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { ChatError } from '../connection/chatError';
import type { Message, MessageVersion } from '../connection/contract';
import { formatShort, t } from '../i18n';
import { errorText } from '../i18n/errorText';
import { channelKey } from '../state/chatState';
import { showControls } from '../state/text';
import { useClient } from './clientContext';

/** The texts that a message has had, oldest first. */
export function FormerTexts({ message: { channel, seq, rev } }: { readonly message: Message }): JSX.Element {
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
