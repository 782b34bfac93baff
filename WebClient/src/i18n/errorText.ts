import type { Problem, ProblemCode } from '../connection/chatError';
import { t, type TextKey } from '.';

const texts: Partial<Readonly<Record<ProblemCode, TextKey>>> = {
  'username-taken': 'error.username-taken',
  'not-a-member': 'error.not-a-member',
  'text-empty': 'error.text-empty',
  'session-ended': 'error.session-ended',
  'storage-unavailable': 'error.storage-unavailable',
  'shutting-down': 'error.shutting-down',
  'unreachable': 'error.unreachable',
  'server-fault': 'error.server-fault',
  'stale': 'error.stale',
  'unconfirmed': 'error.unconfirmed',
  'unsaved': 'error.unsaved',
};

/** What happened, in a sentence: ours where it says all there is, otherwise the server's, which knows the limit that was met. */
export function errorText({ code, detail, retryAfterSeconds }: Problem): string {
  const key = texts[code];
  if (!key) return detail === '' ? t('error.other', { code }) : detail;
  const text = t(key);
  return retryAfterSeconds === undefined ? text : t('error.retryAfter', { text, count: retryAfterSeconds });
}
