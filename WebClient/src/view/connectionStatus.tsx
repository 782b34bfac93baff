import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { ConnectionStatus } from '../connection/connector';
import type { Mismatch } from '../connection/contractCheck';
import { t, type TextKey } from '../i18n';
import { keep } from './announcer';
import { useClient } from './clientContext';
import { useSeconds } from './hooks';
import { ReloadButton } from './updateOffer';

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
  incompatible: 'connection.incompatible',
};

const sentences: Readonly<Record<Exclude<ConnectionStatus['phase'], 'online' | 'incompatible'>, TextKey>> = {
  connecting: 'connection.banner.connecting',
  reconnecting: 'connection.banner.reconnecting',
  offline: 'connection.banner.offline',
  restarting: 'connection.banner.restarting',
};

const otherTimes: Readonly<Record<Mismatch, TextKey>> = { newer: 'connection.banner.newer', older: 'connection.banner.older' };

/** What a status other than "online" means. */
function sentenceOf(status: Exclude<ConnectionStatus, { readonly phase: 'online' }>): string {
  const key = status.phase === 'incompatible' ? otherTimes[status.server] : sentences[status.phase];
  return t(key);
}

/** An interruption may be over before anybody need hear of it; a server of another time stays one. */
const isShort = (status: Exclude<ConnectionStatus, { readonly phase: 'online' }>, now: number): boolean =>
  status.phase !== 'incompatible' && now - status.since < quietFor;

/** How the connection stands, in a word. */
export function ConnectionIndicator({ status }: { readonly status: ConnectionStatus }): JSX.Element {
  const now = useSeconds(status.phase !== 'online');
  const isQuiet = status.phase !== 'online' && status.phase !== 'connecting' && isShort(status, now);
  const phase = isQuiet ? 'online' : status.phase;
  return <span class={`connection is-${phase}`}>{t(words[phase])}</span>;
}

/** What an interruption means, how long until the next attempt, and a way not to wait for it. */
export function ConnectionBanner({ status }: { readonly status: ConnectionStatus }): JSX.Element {
  const client = useClient();
  const now = useSeconds(status.phase !== 'online');
  const interrupted = status.phase === 'online' || isShort(status, now) ? null : status;
  const sentence = interrupted && sentenceOf(interrupted);
  const isLong = interrupted !== null && now - interrupted.since >= politeFor;
  useEffect(() => {
    if (sentence !== null) keep(sentence);
  }, [sentence]);
  return (
    <div class="connection-banner" hidden={interrupted === null}>
      <p role="status">{sentence}</p>
      <p class="visually-hidden" role="alert">
        {isLong && t('connection.long')}
      </p>
      {interrupted?.phase === 'incompatible' && <ReloadButton />}
      {interrupted && 'attempt' in interrupted && (
        <>
          <span class="countdown">{countdown(interrupted.attempt, interrupted.retryAt, now)}</span>
          {interrupted.retryAt !== null && (
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
