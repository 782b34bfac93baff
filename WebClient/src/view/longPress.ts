/** A long press with a finger opens a row's actions; on a link it is the browser's, and text is selected where it is selected already. */
export function openByTouch(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[data-row]');
  const byTouch = 'pointerType' in event && event.pointerType === 'touch';
  if (!row || !byTouch || target.closest('a') || !(getSelection()?.isCollapsed ?? true)) return;
  event.preventDefault();
  open(row);
}

/** So does the row's button, which stands where no pointer hovers. One listener for all rows. */
export function openByButton({ target }: Event): void {
  const row = (target as HTMLElement).closest('.row-more')?.closest<HTMLElement>('[data-row]');
  if (row) open(row);
}

function open(row: HTMLElement): void {
  row.focus();
  // The actions are drawn when the finger is up.
  setTimeout(() => requestAnimationFrame(() => row.querySelector<HTMLElement>('.row-actions button')?.focus()));
}
