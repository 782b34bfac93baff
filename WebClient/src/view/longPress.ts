/** A long press with a finger opens a row's actions; on a link it is the browser's, and text is selected where it is selected already. */
export function openByTouch(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[data-row]');
  const byTouch = 'pointerType' in event && event.pointerType === 'touch';
  if (!row || !byTouch || target.closest('a') || !(getSelection()?.isCollapsed ?? true)) return;
  event.preventDefault();
  row.focus();
  // The actions are drawn by then.
  requestAnimationFrame(() => row.querySelector<HTMLElement>('.row-actions button')?.focus());
}
