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

/** So does the row's button, which stands where no pointer hovers; a press on an author's name presses the row's button for it. One listener for all rows. */
export function openByButton(event: Event): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('[data-row]');
  if (!row) return;
  if (isButton(event)) open(row);
  else if (target.closest('.message-author bdi') && (getSelection()?.isCollapsed ?? true)) open(row, (actions) => actions.querySelector<HTMLElement>('[data-key="p"]')?.click());
}

/** The button itself takes no focus: the row would grow under the finger, and the press meet something else. */
export function keepFocus(event: Event): void {
  if (isButton(event)) event.preventDefault();
}

function open(row: HTMLElement, then = (actions: HTMLElement): void => actions.querySelector<HTMLElement>('button')?.focus()): void {
  row.focus();
  // The actions are drawn when the finger is up.
  setTimeout(() =>
    requestAnimationFrame(() => {
      const actions = row.querySelector<HTMLElement>('.row-actions');
      if (actions) then(actions);
    }),
  );
}
