import { Store } from '../state/store';

/** How long a short word stays, in milliseconds. */
const stays = 4_000;

/** How many of them are kept to be read again. */
const maxKept = 50;

/** A word to the user that needs no answer; empty if there is none. */
export const announcement = new Store('');

export interface RecentNotice {
  readonly id: number;
  readonly at: number;
  readonly text: string;
}

/** What was shown for a while and is gone, the newest first. */
export const recent = new Store<readonly RecentNotice[]>([]);

/** Whether their list is open. */
export const recentOpen = new Store(false);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a short word and has it read out. */
export function say(text: string): void {
  clearTimeout(timer);
  announcement.update(() => text);
  timer = setTimeout(() => announcement.update(() => ''), stays);
  keep(text);
}

/** Keeps what is shown elsewhere and vanishes from there. */
export function keep(text: string): void {
  recent.update((kept) => [{ id: (kept[0]?.id ?? 0) + 1, at: Date.now(), text }, ...kept].slice(0, maxKept));
}
