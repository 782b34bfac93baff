/** Something short that happened, for a while on the screen and afterwards in the list of recent notices. */
export interface Notice {
  readonly id: number;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
  readonly kind: 'done' | 'error';
  /** Takes it back; null if it cannot be. */
  readonly undo: (() => void) | null;
}

export interface Notices {
  readonly shown: readonly Notice[];
  readonly recent: readonly Notice[];
  readonly next: number;
}

export const noNotices: Notices = { shown: [], recent: [], next: 1 };
/** How long one stays, and one that can be taken back, in milliseconds. */
export const stays = 6_000;
export const staysToUndo = 10_000;
const mostRecent = 50;
const mostShown = 3;

export function told({ shown, recent, next }: Notices, notice: Omit<Notice, 'id'>): Notices {
  const numbered = { ...notice, id: next };
  return { shown: [...shown, numbered].slice(-mostShown), recent: [numbered, ...recent].slice(0, mostRecent), next: next + 1 };
}

export const gone = (notices: Notices, id: number): Notices => ({ ...notices, shown: notices.shown.filter((notice) => notice.id !== id) });

/** What was taken back cannot be again; the list keeps that it was done. */
export const undone = (notices: Notices, id: number): Notices =>
  ({ ...gone(notices, id), recent: notices.recent.map((notice) => (notice.id === id ? { ...notice, undo: null } : notice)) });
