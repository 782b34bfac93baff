import { contractVersion, oldestServer } from './contract';

/** On which side the other contract is. */
export type Mismatch = 'older' | 'newer';

/**
 * Whether the server is too old or too new for this page; null if they understand each other, be their numbers the same or not.
 * @param version The server's number; 0 if it tells none.
 * @param oldestPage The lowest number of a page that the server gets along with.
 */
export function mismatch(version: unknown, oldestPage: unknown): Mismatch | null {
  // A server that says something else than numbers has changed even this word.
  if (typeof version !== 'number' || typeof oldestPage !== 'number' || oldestPage > contractVersion) return 'newer';
  return version < oldestServer ? 'older' : null;
}
