import type { JSX } from 'preact';
import { t } from '../i18n';

/** How much is unread in a channel, and apart from it how often one is mentioned there. */
export function Counts({ unread, mentions }: { readonly unread: number; readonly mentions: number }): JSX.Element {
  return (
    <>
      {mentions > 0 && (
        <span class="count is-mention">
          <span aria-hidden="true">@{shown(mentions)}</span>
          <span class="visually-hidden">{t('channels.mentions', { count: mentions })}</span>
        </span>
      )}
      {unread > 0 && (
        <span class="count">
          <span aria-hidden="true">{shown(unread)}</span>
          <span class="visually-hidden">{t('channels.unread', { count: unread })}</span>
        </span>
      )}
    </>
  );
}

const shown = (count: number): string | number => (count > 99 ? '99+' : count);
