/** A click that means "here" goes there within the page; one that means a new tab or window is the browser's. */
export const followWith = (go: () => void) => (event: MouseEvent): void => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  go();
};
