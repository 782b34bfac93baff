const unit = { m: 1, min: 1, h: 60, d: 1_440, w: 10_080 } as const;

/** The longest the server takes: ten years, in minutes. */
const longest = 5_256_000;

/** Minutes of `10`, `10m`, `2h`, `1d`, `1w`; null if it is none of these. */
export function minutesOf(text: string): number | null {
  const match = /^(\d{1,7})(m|min|h|d|w)?$/i.exec(text);
  if (!match) return null;
  const minutes = Number(match[1]) * unit[(match[2]?.toLowerCase() ?? 'm') as keyof typeof unit];
  return minutes > 0 && minutes <= longest ? minutes : null;
}
