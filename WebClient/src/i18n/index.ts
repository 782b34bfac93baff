import type { Preferences } from '../state/preferences';
import { Store } from '../state/store';
import { en, type TextKey } from './en';
import { localeOf, type Locale, type Texts } from './locale';

export type { TextKey } from './en';
export type LanguageTag = Exclude<Preferences['language'], 'browser'>;

/** The languages of the page, each with its own name. All but English are loaded when they are wanted. */
export const languageNames: Readonly<Record<LanguageTag, string>> = { en: 'English', ja: '日本語' };

const loaders: Readonly<Record<Exclude<LanguageTag, 'en'>, () => Promise<Texts>>> = {
  ja: async () => (await import('./ja')).ja,
};

const loadedTexts = new Map<LanguageTag, Texts>([['en', en]]);

/** How the page speaks. Whoever draws what `t` and the formats say has to draw it again when this becomes another. */
export const locale = new Store<Locale>(localeOf('en', en, 'language', []));

let latest = 0;

/** Speaks that language, or the browser's. Done when its sentences are there; while they cannot be loaded, the page goes on as before. */
export async function showLanguage(language: Preferences['language'], clock: Preferences['clock']): Promise<void> {
  const call = ++latest;
  const browser = typeof navigator === 'undefined' ? [] : navigator.languages;
  const tag = language === 'browser' ? languageOf(browser) : language;
  const texts = await textsOf(tag);
  if (call !== latest) return;
  locale.update((current) => localeOf(texts ? tag : current.tag, texts ?? current.texts, clock, browser));
}

/** The first of the reader's languages in which there is a page; English for readers of none. */
export function languageOf(browser: readonly string[]): LanguageTag {
  const tags = Object.keys(languageNames) as LanguageTag[];
  const wanted = browser.map((tag) => tags.find((known) => known === tag.toLowerCase().split('-')[0]));
  return wanted.find((tag) => tag !== undefined) ?? 'en';
}

async function textsOf(tag: LanguageTag): Promise<Texts | null> {
  const held = loadedTexts.get(tag);
  if (held || tag === 'en') return held ?? en;
  try {
    const texts = await loaders[tag]();
    loadedTexts.set(tag, texts);
    return texts;
  } catch {
    return null;
  }
}

type Values = Readonly<Record<string, string | number>>;

/** The text of that key. Its plural form follows `count`; numbers are written as readers of the language write them. */
export function t(key: TextKey, values: Values = {}): string {
  const { texts, plural, number } = locale.state;
  const entry = texts[key];
  const text = typeof entry === 'string' ? entry : (entry[plural.select(Number(values['count']))] ?? entry.other);
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? number.format(value) : (value ?? place);
  });
}

export const formatShort = (at: number): string => locale.state.short.format(at);
export const formatTime = (at: number): string => locale.state.time.format(at);
export const formatFullDate = (at: number): string => locale.state.full.format(at);
export const formatDay = (at: number): string => locale.state.day.format(at);
