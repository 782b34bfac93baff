import type { Preferences } from '../state/preferences';
import { Store } from '../state/store';
import type { Entry } from './catalogue';
import { localeOf, type Locale, type Texts } from './locale';

export type LanguageTag = Exclude<Preferences['language'], 'browser'>;

/** The languages of the pages, each with its own name. All but English are loaded when they are wanted. */
export const languageNames: Readonly<Record<LanguageTag, string>> = { en: 'English', ja: '日本語' };

export type Loaders<Key extends string> = Readonly<Record<Exclude<LanguageTag, 'en'>, () => Promise<Texts<Key>>>>;
export type Values = Readonly<Record<string, string | number>>;

/** The first of the reader's languages in which there is a page; English for readers of none. */
export function languageOf(browser: readonly string[]): LanguageTag {
  const tags = Object.keys(languageNames) as LanguageTag[];
  const wanted = browser.map((tag) => tags.find((known) => known === tag.toLowerCase().split('-')[0]));
  return wanted.find((tag) => tag !== undefined) ?? 'en';
}

/** What a page says: English at once, other languages when they are wanted. */
export interface Translator<Key extends string> {
  /** How the page speaks. Whoever draws what `t` and the formats say has to draw it again when this becomes another. */
  readonly locale: Store<Locale<Key>>;
  /** Speaks that language, or the browser's. Done when its sentences are there; while they cannot be loaded, the page goes on as before. */
  readonly showLanguage: (language: Preferences['language'], clock: Preferences['clock']) => Promise<void>;
  /** The text of that key. Its plural form follows `count`; numbers are written as readers of the language write them. */
  readonly t: (key: Key, values?: Values) => string;
}

export function translatorOf<Key extends string>(en: Texts<Key>, loaders: Loaders<Key>): Translator<Key> {
  const locale = new Store(localeOf('en', en, 'language', []));
  /** English is always among them. */
  const loaded: { [tag in LanguageTag]?: Texts<Key> | undefined } = { en };
  let latest = 0;

  async function showLanguage(language: Preferences['language'], clock: Preferences['clock']): Promise<void> {
    const call = ++latest;
    const browser = typeof navigator === 'undefined' ? [] : navigator.languages;
    const tag = language === 'browser' ? languageOf(browser) : language;
    const texts = (loaded[tag] ??= await loaders[tag as keyof Loaders<Key>]().catch(() => undefined));
    if (call !== latest) return;
    locale.update((current) => localeOf(texts ? tag : current.tag, texts ?? current.texts, clock, browser));
  }

  function t(key: Key, values: Values = {}): string {
    const { texts, plural, number } = locale.state;
    const entry: Entry = texts[key];
    const text = typeof entry === 'string' ? entry : (entry[plural.select(Number(values['count']))] ?? entry.other);
    return text.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = values[name];
      return typeof value === 'number' ? number.format(value) : (value ?? place);
    });
  }

  return { locale, showLanguage, t };
}
