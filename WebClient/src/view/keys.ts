import type { TextKey } from '../i18n';
import { rowActions } from './rowKeys';

/** What some keys do. The list that `?` shows is made of the same tables that bind them. */
interface Shortcut {
  readonly keys: readonly string[];
  readonly what: TextKey;
}

type Shortcuts = Readonly<Record<string, Shortcut>>;

/** Everywhere on the page; a letter or sign by itself only where nothing is written. */
export const pageKeys = {
  search: { keys: ['/', 'Ctrl+Shift+F'], what: 'keys.search' },
  markAllRead: { keys: ['Shift+Escape'], what: 'channels.markAllRead' },
  switcher: { keys: ['Ctrl+K'], what: 'switcher.title' },
  above: { keys: ['Alt+ArrowUp'], what: 'keys.above' },
  below: { keys: ['Alt+ArrowDown'], what: 'keys.below' },
  unreadAbove: { keys: ['Alt+Shift+ArrowUp'], what: 'keys.unreadAbove' },
  unreadBelow: { keys: ['Alt+Shift+ArrowDown'], what: 'keys.unreadBelow' },
  firstUnread: { keys: ['Alt+A'], what: 'keys.firstUnread' },
  help: { keys: ['?', 'Ctrl+/'], what: 'keys.title' },
  nextRegion: { keys: ['F6'], what: 'keys.nextRegion' },
  regionBefore: { keys: ['Shift+F6'], what: 'keys.regionBefore' },
  composer: { keys: ['Escape'], what: 'keys.composer' },
} as const satisfies Shortcuts;

/** Wherever the page is, also before signing in. */
export const everywhereKeys = {
  preferences: { keys: ['Ctrl+,'], what: 'preferences.open' },
} as const satisfies Shortcuts;

/** In the conversation. */
export const logKeys = {
  up: { keys: ['ArrowUp', 'k'], what: 'keys.up' },
  down: { keys: ['ArrowDown', 'j'], what: 'keys.down' },
  first: { keys: ['Home'], what: 'keys.first' },
  newest: { keys: ['End', 'Ctrl+End'], what: 'conversation.toEnd' },
  composer: { keys: ['Escape'], what: 'keys.composer' },
} as const satisfies Shortcuts;

/** On a channel of the list. */
export const channelKeys = {
  up: { keys: ['Ctrl+Shift+ArrowUp'], what: 'channels.up' },
  down: { keys: ['Ctrl+Shift+ArrowDown'], what: 'channels.down' },
} as const satisfies Shortcuts;

/** In the composer. */
export const composerKeys = {
  send: { keys: ['Enter'], what: 'composer.submit' },
  line: { keys: ['Shift+Enter'], what: 'keys.line' },
  editLast: { keys: ['ArrowUp'], what: 'keys.editLast' },
  cancel: { keys: ['Escape'], what: 'keys.cancel' },
  complete: { keys: ['Tab'], what: 'keys.complete' },
  command: { keys: ['/'], what: 'keys.command' },
} as const satisfies Shortcuts;

/** On a message's row. */
const rowKeys: readonly Shortcut[] = Object.values(rowActions).map(({ key, label }) => ({ keys: [key], what: label }));

/** All of it, as it is listed. */
export const allKeys: readonly { readonly where: TextKey; readonly shortcuts: readonly Shortcut[] }[] = [
  { where: 'keys.page', shortcuts: [...Object.values(pageKeys), ...Object.values(everywhereKeys)] },
  { where: 'channels.label', shortcuts: Object.values(channelKeys) },
  { where: 'keys.log', shortcuts: Object.values(logKeys) },
  { where: 'keys.row', shortcuts: rowKeys },
  { where: 'composer.form', shortcuts: Object.values(composerKeys) },
];

/**
 * A key as the tables name it: `Ctrl+End`, `Alt+A`, `j`, `?`. Shift is part of a sign already. Null with keys that are none of the page's: Ctrl and Alt
 * together are how some keyboards type signs.
 */
export function keyOf({ key, ctrlKey, shiftKey, altKey, metaKey }: KeyboardEvent): string | null {
  if (metaKey || (altKey && ctrlKey)) return null;
  if (!ctrlKey && !altKey) return shiftKey && key.length > 1 ? `Shift+${key}` : key;
  return `${altKey ? 'Alt+' : 'Ctrl+'}${shiftKey ? 'Shift+' : ''}${key.length === 1 ? key.toUpperCase() : key}`;
}

/** Whether a key belongs to an input method. 229 is how Safari reports the Enter that ends its composition. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** Which entry of a table a key belongs to. */
export const entryOf = <T extends Shortcuts>(table: T, key: string | null): keyof T | null =>
  (Object.keys(table) as (keyof T)[]).find((name) => key !== null && table[name]?.keys.includes(key)) ?? null;
