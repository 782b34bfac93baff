import { describe, expect, it } from 'vitest';
import { backoff } from './backoff';

const attempts = [1, 2, 3, 4, 5, 6, 7, 8, 100];
const middles = [500, 1_000, 2_000, 5_000, 10_000, 20_000, 30_000, 30_000, 30_000];

describe('backoff', () => {
  it('grows by its steps and then stays at the last one', () => {
    expect(attempts.map((attempt) => backoff(attempt, () => 0.5))).toEqual(middles);
  });

  it('spreads over half to one and a half of the step', () => {
    expect(attempts.map((attempt) => backoff(attempt, () => 0))).toEqual(middles.map((middle) => middle / 2));
    expect(attempts.map((attempt) => backoff(attempt, () => 1))).toEqual(middles.map((middle) => middle * 1.5));
  });

  it('is different from one client to the next if nothing else is said', () => {
    const waits = Array.from({ length: 50 }, () => backoff(7));
    expect(new Set(waits).size).toBeGreaterThan(1);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(15_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(45_000);
  });

  it('has a wait for an attempt before the first', () => {
    expect(backoff(0, () => 0.5)).toBe(500);
  });
});
