import type { ServerInfo } from '../api/types';
import type { StatsWindow } from './stats';

/** What an operator should look at, worst first. */
export type Warning =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'certificateExpired'; readonly at: string }
  | { readonly kind: 'certificateEnds'; readonly days: number; readonly at: string }
  | { readonly kind: 'diskFull'; readonly free: number | null }
  | { readonly kind: 'diskFills'; readonly free: number; readonly capacity: number }
  | { readonly kind: 'queue'; readonly waiting: number }
  | { readonly kind: 'slowDisk'; readonly ms: number }
  | { readonly kind: 'raid'; readonly level: number; readonly name: string; readonly until: string | null };

const day = 86_400_000;
/** A certificate is to be renewed this many days before its end. */
const renewBefore = 30;
/** Messages that wait for the disk, and the time of a commit in milliseconds, from which on the log is in trouble. */
const longQueue = 1_000;
const slowCommit = 500;
/** Room is short below this many bytes, or below this share of a small disk or limit. */
const littleRoom = 1024 ** 3;
const littleShare = 0.1;

/** What is known of the server. */
export interface Known {
  readonly server: ServerInfo | null;
  readonly stats: StatsWindow;
  readonly raid: { readonly level: number; readonly name: string; readonly until: string | null } | null;
  /** Whether the last question was not answered: all of this may be old. */
  readonly unknown: boolean;
}

export function warningsOf({ server, stats: { samples }, raid, unknown }: Known, now: number): readonly Warning[] {
  const warnings: Warning[] = unknown ? [{ kind: 'unknown' }] : [];
  if (server?.certificate) {
    const at = server.certificate.notAfter;
    const left = Date.parse(at) - now;
    if (left <= 0) warnings.push({ kind: 'certificateExpired', at });
    else if (left < renewBefore * day) warnings.push({ kind: 'certificateEnds', days: Math.floor(left / day), at });
  }
  const newest = samples.at(-1);
  if (newest) {
    const { writable, storageFreeBytes: free, storageCapacityBytes: capacity } = newest;
    if (!writable) warnings.push({ kind: 'diskFull', free });
    else if (free !== null && capacity !== null && free < Math.min(littleRoom, capacity * littleShare)) warnings.push({ kind: 'diskFills', free, capacity });
  }
  if (newest && newest.logQueue >= longQueue) warnings.push({ kind: 'queue', waiting: newest.logQueue });
  if (newest && (newest.commitMs.p99 ?? 0) >= slowCommit) warnings.push({ kind: 'slowDisk', ms: Math.round(newest.commitMs.p99 ?? 0) });
  if (raid && raid.level > 0) warnings.push({ kind: 'raid', level: raid.level, name: raid.name, until: raid.until });
  return warnings;
}
