import type { Moderation } from '../connection/moderation';
import { t } from '../i18n';
import { say } from './announcer';

/** Puts somebody out, and says so. */
export async function kicked(moderation: Moderation, channel: string, username: string, reason: string): Promise<void> {
  await moderation.kick(channel, username, reason);
  say(t('sanction.kicked', { name: username, channel }));
}
