import type { Entry } from './catalogue';
import { en } from './en';

export type TextKey = keyof typeof en;

interface Language {
  readonly tag: string;
  readonly texts: Readonly<Record<TextKey, Entry>>;
}

/** The languages of the page; the first is the one for readers of none of them. */
const languages: readonly [Language, ...Language[]] = [{ tag: 'en', texts: en }];

const wanted = (typeof navigator === 'undefined' ? [] : navigator.languages).map((tag) => tag.split('-')[0]);
const language = languages.find(({ tag }) => wanted.includes(tag)) ?? languages[0];

export const languageTag = language.tag;

/** Dates and numbers follow the reader's own habits where their language is the page's: British readers get British dates. */
const locale =
  (typeof navigator === 'undefined' ? [] : navigator.languages).find((tag) => tag.split('-')[0] === language.tag) ?? language.tag;

const plural = new Intl.PluralRules(language.tag);
const number = new Intl.NumberFormat(locale);

type Values = Readonly<Record<string, string | number>>;

/** The text of that key. Its plural form follows `count`; numbers are written as readers of the language write them. */
export function t(key: TextKey, values: Values = {}): string {
  const entry: Entry = language.texts[key];
  const text = typeof entry === 'string' ? entry : (entry[plural.select(Number(values['count']))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? number.format(value) : (value ?? place);
  });
}

const shortTime = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const fullDate = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const short = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });

export const formatShort = (at: number): string => short.format(at);
export const formatTime = (at: number): string => shortTime.format(at);
export const formatFullDate = (at: number): string => fullDate.format(at);
export const formatDay = (at: number): string => day.format(at);
