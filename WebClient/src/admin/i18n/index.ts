import { translatorOf } from '../../i18n/translator';
import { en, type TextKey } from './en';
import { sizeOf } from '../state/bytes';
import { spanOf, unitOf } from '../state/duration';

export { languageNames } from '../../i18n/translator';
export type { TextKey } from './en';

/** The console's own catalogues, in the chat page's way. */
export const { locale, showLanguage, t } = translatorOf<TextKey>(en, { ja: async () => (await import('./ja')).ja });

export const formatDateTime = (at: string | number): string => locale.state.short.format(new Date(at));
/** The same without the year, if it is this one: what stands in columns. */
export function formatRecent(at: string | number): string {
  const time = new Date(at);
  return time.getFullYear() === new Date().getFullYear() ? recentOf(locale.state).format(time) : locale.state.short.format(time);
}

/** Made once for each way of speaking: a table writes hundreds of times. */
const recent = new WeakMap<object, Intl.DateTimeFormat>();
function recentOf(speaking: typeof locale.state): Intl.DateTimeFormat {
  const { locale: habits, hourCycle } = speaking.short.resolvedOptions();
  const known = recent.get(speaking) ?? new Intl.DateTimeFormat(habits, { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', ...(hourCycle && { hourCycle }) });
  recent.set(speaking, known);
  return known;
}

export const formatFull = (at: string | number): string => locale.state.full.format(new Date(at));
export const formatNumber = (value: number): string => locale.state.number.format(value);

/** A time with seconds, for what passes by the second. */
export const formatClock = (at: string | number): string =>
  new Intl.DateTimeFormat(locale.state.tag, { timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(at));

export function formatSize(bytes: number): string {
  const { value, unit } = sizeOf(bytes);
  return `${formatNumber(value)} ${unit}`;
}

export const formatSpan = (seconds: number): string =>
  spanOf(seconds).map(([unit, count]) => `${formatNumber(count)} ${t(`unit.${unit}`)}`).join(' ');

export function formatMinutes(minutes: number): string {
  const { unit, count } = unitOf(minutes);
  return t(`duration.${unit}`, { count });
}

export const formatMs = (ms: number | null): string => (ms === null ? '–' : `${formatNumber(ms >= 10 ? Math.round(ms) : Math.round(ms * 100) / 100)} ms`);
