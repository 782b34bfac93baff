import type { StatsSample, Stats } from '../api/types';

/** The samples that are shown, oldest first. */
export interface StatsWindow {
  readonly intervalSeconds: number;
  readonly samples: readonly StatsSample[];
}

export const noStats: StatsWindow = { intervalSeconds: 2, samples: [] };

/** What the server answered, for as many minutes as are shown. */
export const windowOf = ({ intervalSeconds, items }: Stats): StatsWindow => ({ intervalSeconds, samples: items });

/** The window with a sample more; what is older than it is long falls out, and what is there already, as after a lost line, stays once. */
export function withSample(window: StatsWindow, sample: StatsSample, minutes: number): StatsWindow {
  const newest = window.samples.at(-1);
  if (newest && newest.at >= sample.at) return window;
  const oldest = Date.parse(sample.at) - minutes * 60_000;
  return { ...window, samples: [...window.samples.filter(({ at }) => Date.parse(at) > oldest), sample] };
}

/** A line of a chart: a value for each of its times, null where there is none. */
export interface Line {
  readonly times: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Times in seconds since 1970 and the values of each series. Where samples are missing the line is broken rather than drawn across. */
export function lineOf({ samples, intervalSeconds }: StatsWindow, series: readonly ((sample: StatsSample) => number | null)[]): Line {
  const times: number[] = [];
  const values: (number | null)[][] = series.map(() => []);
  for (const sample of samples) {
    const at = Date.parse(sample.at) / 1000;
    const before = times.at(-1);
    if (before !== undefined && at - before > intervalSeconds * 3) {
      times.push(before + intervalSeconds);
      for (const line of values) line.push(null);
    }
    times.push(at);
    series.forEach((value, i) => values[i]?.push(value(sample)));
  }
  return { times, values };
}

export interface Range {
  readonly now: number | null;
  readonly least: number;
  readonly most: number;
}

/** What a chart says in words; null if it shows nothing. */
export function rangeOf(values: readonly (number | null)[]): Range | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { now: values.at(-1) ?? null, least: Math.min(...known), most: Math.max(...known) };
}

/** One line of the table under a chart for each whole minute: its last sample. */
export function byMinute({ samples }: StatsWindow): readonly StatsSample[] {
  const minutes = new Map<number, StatsSample>();
  for (const sample of samples) minutes.set(Math.floor(Date.parse(sample.at) / 60_000), sample);
  return [...minutes.values()].reverse();
}
