import type { Member } from '../connection/contract';
import { t, type TextKey } from './index';

/** What a member's presence means: browsers hold a connection, native clients ask every few seconds. */
export function presenceText({ origin, presence }: Member): string {
  const [live, late]: readonly [TextKey, TextKey] =
    origin === 'native' ? ['members.live.native', 'members.late.native'] : ['members.live.web', 'members.late.web'];
  return presence === 'late' ? t(late) : t(live);
}
