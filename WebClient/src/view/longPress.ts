/** A long press with a finger opens a row's actions; on a link it is the browser's, and text is selected where it is selected already. */
export function openByTouch(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[data-row]');
  const byTouch = 'pointerType' in event && event.pointerType === 'touch';
  if (!row || !byTouch || target.closest('a') || !(getSelection()?.isCollapsed ?? true)) return;
  event.preventDefault();
  open(row);
}

const isButton = ({ target }: Event): boolean => (target as HTMLElement).closest('.row-more') !== null;

/** So does the row's button, which stands where no pointer hovers. One listener for all rows. */
export function openByButton(event: Event): void {
  const row = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
  if (row && isButton(event)) open(row);
}

/** The button itself takes no focus: the row would grow under the finger, and the press meet something else. */
export function keepFocus(event: Event): void {
  if (isButton(event)) event.preventDefault();
}

function open(row: HTMLElement): void {
  row.focus();
  // The actions are drawn when the finger is up.
  setTimeout(() => requestAnimationFrame(() => row.querySelector<HTMLElement>('.row-actions button')?.focus()));
}
