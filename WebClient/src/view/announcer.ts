import { Store } from '../state/store';

/** How long a short word stays, in milliseconds. */
const stays = 4_000;

/** A word to the user that needs no answer; empty if there is none. */
export const announcement = new Store('');

let timer: ReturnType<typeof setTimeout> | undefined;

/** Shows a short word and has it read out. */
export function say(text: string): void {
  clearTimeout(timer);
  announcement.update(() => text);
  timer = setTimeout(() => announcement.update(() => ''), stays);
}
