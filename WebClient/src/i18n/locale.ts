import type { Preferences } from '../state/preferences';
import type { Entry } from './catalogue';

export type Texts<Key extends string> = Readonly<Record<Key, Entry>>;

/** A language with its sentences, and how its readers write numbers and times. */
export interface Locale<Key extends string> {
  readonly tag: string;
  readonly texts: Texts<Key>;
  readonly plural: Intl.PluralRules;
  readonly number: Intl.NumberFormat;
  readonly time: Intl.DateTimeFormat;
  readonly short: Intl.DateTimeFormat;
  readonly full: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
}

const clocks: Readonly<Record<Preferences['clock'], Intl.DateTimeFormatOptions>> = {
  'language': {},
  '12': { hour12: true },
  '24': { hourCycle: 'h23' },
};

/** Dates and numbers follow the reader's own habits where their language is the page's: British readers get British dates. */
export function localeOf<Key extends string>(tag: string, texts: Texts<Key>, clock: Preferences['clock'], browser: readonly string[]): Locale<Key> {
  const habits = browser.find((own) => own.toLowerCase().split('-')[0] === tag) ?? tag;
  const hours = clocks[clock];
  return {
    tag,
    texts,
    plural: new Intl.PluralRules(tag),
    number: new Intl.NumberFormat(habits),
    time: new Intl.DateTimeFormat(habits, { timeStyle: 'short', ...hours }),
    short: new Intl.DateTimeFormat(habits, { dateStyle: 'medium', timeStyle: 'short', ...hours }),
    full: new Intl.DateTimeFormat(habits, { dateStyle: 'full', timeStyle: 'long', ...hours }),
    day: new Intl.DateTimeFormat(habits, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
  };
}
