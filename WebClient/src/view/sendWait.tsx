import type { JSX } from 'preact';
import { t } from '../i18n';
import { useSeconds } from './hooks';

/** That a message waits because too many were sent, and for how long still. */
export function SendWait({ until }: { readonly until: number }): JSX.Element | null {
  const seconds = Math.ceil((until - useSeconds(true)) / 1000);
  return seconds > 0 ? <p class="send-wait">{t('message.waits', { count: seconds })}</p> : null;
}
