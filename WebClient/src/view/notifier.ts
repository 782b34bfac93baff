import type { ChatClient } from '../connection/chatClient';
import type { Message } from '../connection/contract';
import { t } from '../i18n';
import { calls } from '../state/attention';
import { pathOfMessage } from '../state/route';
import { firstLine } from '../state/text';
import { arrangement } from './arrangement';
import { worker } from './installation';

/** How long one tab's right to tell of a message keeps the others silent about it, in milliseconds: a tab in the background is slow. */
const othersSilentFor = 10_000;

const watching = (sessionId: string, key: string): string => `kaichat.watching.${sessionId}.${key}`;

/** Browsers without it get no notifications; those that have it and no HTTPS refuse the permission. */
export const canNotify = (): boolean => 'Notification' in window && 'locks' in navigator;

/** Tells of a message through the system, if its reader wants that and looks at it in none of their tabs. One tab tells for all. */
export async function notify(client: ChatClient, message: Message): Promise<void> {
  const { session } = client.store.state;
  const now = new Date();
  if (!session || !calls(client.store.state, arrangement.store.state, message, now.getHours() * 60 + now.getMinutes())) return;
  if (!canNotify() || Notification.permission !== 'granted') return;
  const { held = [] } = await navigator.locks.query();
  if (held.some(({ name }) => name === watching(session.sessionId, message.channel.toLowerCase()))) return;
  await navigator.locks.request(`kaichat.notify.${message.id}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await show(client, message);
    await new Promise((resolve) => setTimeout(resolve, othersSilentFor));
  });
}

async function show(client: ChatClient, { channel, seq, author, text }: Message): Promise<void> {
  const path = pathOfMessage(channel, seq);
  const title = t('notify.title', { author, channel });
  // A further one of the same channel takes its place, and calls again.
  const options = { body: firstLine(text), tag: `kaichat ${channel.toLowerCase()}`, renotify: true, icon: '/icon-192.png', data: { path } };
  const shown = await worker();
  if (shown) return shown.showNotification(title, options);
  const notification = new Notification(title, options);
  notification.onclick = () => {
    notification.close();
    window.focus();
    client.show(channel, seq);
  };
}

/** Has the other tabs know which channel is looked at here: whoever reads it needs no notification. */
export function tellWhatIsWatched(client: ChatClient): void {
  if (!canNotify()) return;
  let current: string | null = null;
  let release = (): void => undefined;
  const follow = (): void => {
    const { attentive, active, session } = client.store.state;
    const wanted = attentive && active !== null && session ? watching(session.sessionId, active) : null;
    if (wanted === current) return;
    current = wanted;
    release();
    if (wanted === null) return;
    const left = new Promise<void>((resolve) => (release = resolve));
    void navigator.locks.request(wanted, { mode: 'shared' }, () => left);
  };
  client.store.subscribe(follow);
  follow();
}
