import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import type { Arrangement } from '../state/arrangement';
import { allCalls } from '../state/attention';
import type { ChatState } from '../state/chatState';

/** What tells of unread messages outside of the page: the tab's title and icon, and the badge of the installed page. */
export function useSigns(state: ChatState, arrangement: Arrangement): void {
  const active = state.active === null ? undefined : state.channels.get(state.active);
  const { count } = allCalls(state, arrangement);
  const title = active ? t('app.title.channel', { channel: active.name }) : t('app.name');
  const text = count === 0 ? title : t('app.title.unread', { count, title });
  useEffect(() => {
    document.title = text;
  }, [text]);
  useEffect(() => {
    showIcon(count > 0);
    showBadge(count);
  }, [count]);
  useEffect(() => () => {
    showIcon(false);
    showBadge(0);
  }, []);
}

function showIcon(unread: boolean): void {
  document.querySelector('link[rel=icon]')?.setAttribute('href', unread ? '/favicon-unread.svg' : '/favicon.svg');
}

function showBadge(count: number): void {
  if (!('setAppBadge' in navigator)) return;
  // Refused unless the page is installed.
  void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
}
