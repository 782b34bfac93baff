/** The regions of the page in the order of reading, each with what takes the focus in it. */
const regions: readonly (readonly [region: string, target: string])[] = [
  ['.channel-panel', '[aria-current=page], a, button'],
  ['.log', ''],
  ['.composer', 'textarea'],
  ['.search-panel', 'input'],
  ['.member-panel', 'button'],
];

const isThere = (element: HTMLElement): boolean => element.closest('[hidden], [inert]') === null;

/** Brings the focus into the next region that can be seen, or the one before; from outside of them into the first or last. */
export function cycleRegions(by: 1 | -1): void {
  const there = regions.flatMap(([region, target]) => {
    const element = document.querySelector<HTMLElement>(region);
    return element && isThere(element) ? [{ element, target }] : [];
  });
  const at = there.findIndex(({ element }) => element.contains(document.activeElement));
  const next = there[at < 0 ? (by > 0 ? 0 : there.length - 1) : (at + by + there.length) % there.length];
  if (next) focusIn(next.element, next.target);
}

/** Brings the focus to a region by its place in the table. */
export function focusRegion(region: string): void {
  const element = document.querySelector<HTMLElement>(region);
  const target = regions.find(([name]) => name === region)?.[1];
  if (element && target !== undefined) focusIn(element, target);
}

function focusIn(element: HTMLElement, target: string): void {
  const wanted = target === '' ? element : element.querySelector<HTMLElement>(target);
  // Nothing in it yet that takes the focus: the region does, so that the way goes on from there.
  if (!wanted) element.tabIndex = -1;
  (wanted ?? element).focus();
}

/** Back to writing, from anywhere but a field or what has an Escape of its own; says whether there is something to go back to. */
export function returnToComposer(target: EventTarget | null): boolean {
  const composer = document.querySelector<HTMLElement>('.composer textarea');
  if (!composer || !isThere(composer) || !(target instanceof HTMLElement) || target === composer) return false;
  if (target.matches('input, select, textarea') && !target.closest('.channel-panel, .member-panel')) return false;
  composer.focus();
  return true;
}
