/** The longest time that the API takes, in minutes: ten years. */
export const longest = 5_256_000;

/** What the forms offer, in minutes; null: until it is lifted. */
export const offeredMinutes = [10, 60, 24 * 60, 7 * 24 * 60, 30 * 24 * 60, null] as const;

/** A time in the largest unit that it is a whole number of. */
export function unitOf(minutes: number): { readonly unit: 'minute' | 'hour' | 'day'; readonly count: number } {
  if (minutes % 1440 === 0) return { unit: 'day', count: minutes / 1440 };
  if (minutes % 60 === 0) return { unit: 'hour', count: minutes / 60 };
  return { unit: 'minute', count: minutes };
}

/** A span of seconds in its two largest units, as `2 d 3 h`. */
export function spanOf(seconds: number): readonly (readonly [unit: 'd' | 'h' | 'min' | 's', count: number])[] {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [['d', Math.floor(whole / 86_400)], ['h', Math.floor(whole / 3_600) % 24], ['min', Math.floor(whole / 60) % 60], ['s', whole % 60]] as const;
  const first = parts.findIndex(([, count]) => count > 0);
  return first < 0 ? [['s', 0]] : parts.slice(first, first + 2).filter(([, count], i) => i === 0 || count > 0);
}
