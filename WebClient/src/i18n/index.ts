import { en, type TextKey } from './en';
import { translatorOf } from './translator';

export type { TextKey } from './en';
export { languageNames, languageOf, type LanguageTag } from './translator';

export const { locale, showLanguage, t } = translatorOf<TextKey>(en, { ja: async () => (await import('./ja')).ja });

export const formatShort = (at: number): string => locale.state.short.format(at);
export const formatTime = (at: number): string => locale.state.time.format(at);
export const formatFullDate = (at: number): string => locale.state.full.format(at);
export const formatDay = (at: number): string => locale.state.day.format(at);
