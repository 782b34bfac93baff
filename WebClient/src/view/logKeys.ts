import type { ChatClient } from '../connection/chatClient';
import type { ChannelKey } from '../state/chatState';
import { entryOf, keyOf, logKeys } from './keys';
import { preferences } from './preferences';
import { actOn } from './rowKeys';

/** Handles the keys of the conversation. Letters act on the row that has the focus, and only there: nothing is typed in it. */
export function logKeyHandler(client: ChatClient, channel: ChannelKey): (event: KeyboardEvent) => void {
  return (event) => {
    const view = event.currentTarget as HTMLElement;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-row]');
    const key = keyOf(event);
    // A dialog has keys of its own.
    if (key === null || target.closest('dialog')) return;
    // Letters may be the keys of a screen reader.
    if (key.length === 1 && preferences.store.state.shortcuts === 'off') return;
    const act = actionOf(key, view, row) ?? (row !== null && target === row ? actOn(row, key) : null);
    if (!act) return;
    event.preventDefault();
    act();
  };

  function actionOf(key: string, view: HTMLElement, row: HTMLElement | null): (() => void) | null {
    switch (entryOf(logKeys, key)) {
      case 'newest':
        return () => client.sync.goToEnd(channel);
      case 'first':
        return () => void (view.scrollTop = 0);
      case 'up':
        return () => step(view, row, -1);
      case 'down':
        return () => step(view, row, 1);
      case 'composer':
        return row && (() => document.querySelector<HTMLElement>('.composer textarea')?.focus());
      case null:
        return null;
    }
  }
}

/** From row to row; from the list itself to the lowest row in view, where the eye is. */
function step(view: HTMLElement, row: HTMLElement | null, by: 1 | -1): void {
  const rows = [...view.querySelectorAll<HTMLElement>('[data-row]')];
  const next = row ? rows[rows.indexOf(row) + by] : rows.findLast((candidate) => isInView(view, candidate));
  next?.focus();
}

function isInView(view: HTMLElement, row: HTMLElement): boolean {
  const frame = view.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  return top >= frame.top && bottom <= frame.bottom;
}
