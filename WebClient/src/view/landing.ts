import type { Goal } from '../state/chatState';
import type { ScrollKeeper } from './scrollKeeper';

/** How long the message that a link led to is marked, in milliseconds; the style sheet fades the mark in that time. */
const markedFor = 2_000;

/** Brings the reader to the place they wanted, or the nearest there is. */
export function bringTo(goal: Goal, view: HTMLElement, keeper: ScrollKeeper): void {
  const line = goal.kind === 'unread' ? view.querySelector<HTMLElement>('.row-new') : null;
  const row = goal.kind === 'end' ? null : nearestRow(view, goal.seq);
  if (line) {
    keeper.show(line);
  } else if (!row) {
    keeper.toEnd();
    keeper.scrolled();
  } else if (goal.kind === 'unread') {
    keeper.show(row);
  } else if (goal.kind === 'reading') {
    keeper.show(row, 0);
  } else {
    keeper.show(row, (view.clientHeight - row.offsetHeight) / 2);
    row.focus({ preventScroll: true });
    if (Number(row.dataset['seq']) === goal.seq) mark(row);
  }
}

/** The row of a message; if it is not there, of the one after it, or of the last one. */
function nearestRow(view: HTMLElement, seq: number): HTMLElement | null {
  const rows = [...view.querySelectorAll<HTMLElement>('[data-seq]')];
  return rows.find((row) => Number(row.dataset['seq']) >= seq) ?? rows.at(-1) ?? null;
}

function mark(row: HTMLElement): void {
  row.toggleAttribute('data-target', true);
  setTimeout(() => row.toggleAttribute('data-target', false), markedFor);
}
