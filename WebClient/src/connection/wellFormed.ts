/**
 * Half a surrogate pair, as a script makes it that cuts an emoji in two, becomes U+FFFD: no encoding of Unicode holds it. Reaches into lists
 * and objects. (`toWellFormed` is younger than the oldest browsers that the page runs in.)
 */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormed(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wellFormed(member)]));
}
