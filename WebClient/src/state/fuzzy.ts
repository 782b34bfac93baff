/** How well letters fit a name that has them in this order; higher is better, null if they do not. */
export function fitOf(letters: string, name: string): number | null {
  const [wanted, given] = [letters.toLowerCase(), name.toLowerCase()];
  if (wanted === '') return 0;
  const whole = given.indexOf(wanted);
  if (whole >= 0) return 1_000 - whole * 10 - given.length;
  let at = -1;
  let gaps = 0;
  for (const letter of wanted) {
    const next = given.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (next > at + 1) gaps++;
    at = next;
  }
  return 500 - gaps * 10 - given.length;
}

/** Those that fit, the best first; of equals the earlier. */
export function fitting<T>(letters: string, all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  return all
    .map((one) => ({ one, fit: fitOf(letters, nameOf(one)) }))
    .filter((each): each is { one: T; fit: number } => each.fit !== null)
    .sort((a, b) => b.fit - a.fit)
    .map(({ one }) => one);
}
