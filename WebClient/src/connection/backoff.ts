/** Seconds before each further attempt; the last one repeats. */
const steps = [0.5, 1, 2, 5, 10, 20, 30] as const;

/**
 * Milliseconds to wait before an attempt (1 is the first). Spread over half to one and a half of the step, so that the clients of a
 * restarted server do not come back in one wave.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const step = steps[Math.min(Math.max(attempt, 1), steps.length) - 1] ?? steps[0];
  return Math.round(step * 1000 * (0.5 + random()));
}
