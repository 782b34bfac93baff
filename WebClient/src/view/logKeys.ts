import type { ChatClient } from '../connection/chatClient';
import type { ChannelKey } from '../state/chatState';
import { actOn } from './rowKeys';

/** The keys of the conversation. Letters act on the row that has the focus, and only there: nothing is typed in it. */
export function logKeys(client: ChatClient, key: ChannelKey): (event: KeyboardEvent) => void {
  return (event) => {
    const view = event.currentTarget as HTMLElement;
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-row]');
    // A dialog has keys of its own. "+" needs Shift on many keyboards.
    if (target.closest('dialog') || event.altKey || event.metaKey || (event.shiftKey && event.key !== '+')) return;
    if (event.ctrlKey && event.key !== 'End') return;
    const act = actionOf(event.key, view, row, target === row);
    if (!act) return;
    event.preventDefault();
    act();
  };

  function actionOf(pressed: string, view: HTMLElement, row: HTMLElement | null, isRow: boolean): (() => void) | null {
    switch (pressed) {
      case 'End':
        return () => client.sync.goToEnd(key);
      case 'Home':
        return () => void (view.scrollTop = 0);
      case 'ArrowUp':
      case 'k':
        return () => step(view, row, -1);
      case 'ArrowDown':
      case 'j':
        return () => step(view, row, 1);
      case 'Escape':
        return row && (() => document.querySelector<HTMLElement>('.composer textarea')?.focus());
    }
    return row && isRow ? actOn(row, pressed) : null;
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
