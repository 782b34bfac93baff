/** What the custom properties of those names are on the screen now, for a canvas: `light-dark()` is resolved by having an element wear each. */
export function shownColors(within: HTMLElement, names: readonly string[]): readonly string[] {
  const probe = document.createElement('span');
  probe.hidden = true;
  within.append(probe);
  const colors = names.map((name) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  });
  probe.remove();
  return colors;
}
