import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ConnectionStatus } from '../connection/connector';
import { t, type TextKey } from '../i18n';
import { keep } from './announcer';
import { useClient } from './clientContext';
import { useSeconds } from './hooks';

/** An interruption shorter than this is nobody's business. */
const quietFor = 3_000;

/** One longer than this is said at once, whatever else is being said. */
const politeFor = 10_000;

const words: Readonly<Record<ConnectionStatus['phase'], TextKey>> = {
  connecting: 'connection.connecting',
  online: 'connection.online',
  reconnecting: 'connection.reconnecting',
  offline: 'connection.offline',
  restarting: 'connection.restarting',
};

const sentences: Readonly<Record<Exclude<ConnectionStatus['phase'], 'online'>, TextKey>> = {
  connecting: 'connection.banner.connecting',
  reconnecting: 'connection.banner.reconnecting',
  offline: 'connection.banner.offline',
  restarting: 'connection.banner.restarting',
};

/** How the connection stands, in a word. */
export function ConnectionIndicator({ status }: { readonly status: ConnectionStatus }): JSX.Element {
  const now = useSeconds(status.phase !== 'online');
  const isQuiet = status.phase !== 'online' && status.phase !== 'connecting' && now - status.since < quietFor;
  const phase = isQuiet ? 'online' : status.phase;
  return <span class={`connection is-${phase}`}>{t(words[phase])}</span>;
}

/** What an interruption means, how long until the next attempt, and a way not to wait for it. */
export function ConnectionBanner({ status }: { readonly status: ConnectionStatus }): JSX.Element {
  const client = useClient();
  const now = useSeconds(status.phase !== 'online');
  const shown = status.phase !== 'online' && now - status.since >= quietFor;
  const isLong = shown && now - status.since >= politeFor;
  useEffect(() => {
    if (shown) keep(t(sentences[status.phase]));
  }, [shown, status.phase]);
  return (
    <div class="connection-banner" hidden={!shown}>
      <p role="status">{shown && t(sentences[status.phase])}</p>
      <p class="visually-hidden" role="alert">
        {isLong && t('connection.long')}
      </p>
      {shown && status.phase !== 'connecting' && (
        <>
          <span class="countdown">{countdown(status.attempt, status.retryAt, now)}</span>
          {status.retryAt !== null && (
            <button class="button is-small" type="button" onClick={() => client.reconnect()}>
              {t('connection.now')}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function countdown(attempt: number, retryAt: number | null, now: number): string {
  if (attempt === 0) return '';
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000);
  return seconds > 0 ? t('connection.next', { count: seconds, attempt }) : t('connection.attempt', { count: attempt });
}
