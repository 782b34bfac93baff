const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** A size in the largest unit in which it is at least one, with powers of 1000 as disks count. */
export function sizeOf(bytes: number): { readonly value: number; readonly unit: (typeof units)[number] } {
  let value = bytes;
  let at = 0;
  while (value >= 999.5 && at < units.length - 1) {
    value /= 1000;
    at++;
  }
  return { value: value >= 100 || at === 0 ? Math.round(value) : Math.round(value * 10) / 10, unit: units[at] ?? 'B' };
}
