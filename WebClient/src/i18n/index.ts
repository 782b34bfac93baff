import type { Catalogue } from './catalogue';
import { en, type TextKey } from './en';
import type { Texts } from './locale';
import { translatorOf } from './translator';

export type { TextKey } from './en';
export { languageNames, languageOf, type LanguageTag } from './translator';

/** What is left to say in English comes with the parts that say it. */
const english = { ...en } as unknown as Texts<TextKey>;

/** Takes in the English sentences of a part that is loaded when it is first wanted. Other languages are loaded as a whole. */
export const addEnglish = (texts: Catalogue): void => void Object.assign(english, texts);

export const { locale, showLanguage, t } = translatorOf<TextKey>(english, { ja: async () => (await import('./ja')).ja });

export const formatShort = (at: number): string => locale.state.short.format(at);
export const formatTime = (at: number): string => locale.state.time.format(at);
export const formatFullDate = (at: number): string => locale.state.full.format(at);
export const formatDay = (at: number): string => locale.state.day.format(at);
