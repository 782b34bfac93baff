import { commandsFor, type CommandName } from './commands';
import { fitting } from './fuzzy';

/** What is being typed that can be completed: the sign, what stands behind it, and where in the text both are. */
export interface Trigger {
  readonly sign: '@' | '#' | '/' | ':';
  readonly typed: string;
  readonly from: number;
  readonly to: number;
}

/** One way to complete it. `insert` takes the place of the sign and what was typed. */
export interface Option {
  readonly kind: 'user' | 'channel' | 'command' | 'emoji';
  readonly insert: string;
  readonly label: string;
  /** Of a command its name; of an emoji its short name. */
  readonly detail: string;
}

export interface Sources {
  /** Members first, in the order in which they are offered. */
  readonly names: readonly string[];
  readonly channels: readonly string[];
  readonly scopes: readonly string[];
  /** Short name and emoji; null until the table is loaded. */
  readonly emoji: readonly (readonly [string, string])[] | null;
}

const most = 8;
/** Fewer letters would turn every `:` of a sentence into a list. */
const shortestEmoji = 2;

/** What stands before the caret that can be completed; null if nothing. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const before = text.slice(0, caret);
  const command = /^\/([\w-]*)$/.exec(before);
  if (command) return { sign: '/', typed: command[1] ?? '', from: 0, to: caret };
  const match = /(?:^|[\s([{"'*_~])([@#]([!-~]{0,49})|:([a-z0-9_+-]*))$/i.exec(before);
  if (!match || match[1] === undefined) return null;
  const sign = match[1][0] as Trigger['sign'];
  const typed = match[1].slice(1);
  if (sign === ':' && typed.length < shortestEmoji) return null;
  return { sign, typed, from: caret - match[1].length, to: caret };
}

export function optionsFor({ sign, typed }: Trigger, sources: Sources): readonly Option[] {
  switch (sign) {
    case '@':
      return [...users(typed, sources), ...channels(typed, sources)].slice(0, most);
    case '#':
      return channels(typed, sources).slice(0, most);
    case '/':
      return commandsFor(sources.scopes).filter((name) => name.startsWith(typed.toLowerCase())).map(commandOption);
    case ':':
      return emoji(typed, sources);
  }
}

/** The text with an option in the trigger's place, and where the caret is then. */
export function completed(text: string, { from, to }: Trigger, { insert }: Option): { readonly text: string; readonly caret: number } {
  const rest = text.slice(to);
  const space = rest.startsWith(' ') ? '' : ' ';
  return { text: text.slice(0, from) + insert + space + rest, caret: from + insert.length + 1 };
}

const users = (typed: string, { names }: Sources): readonly Option[] =>
  fitting(typed, names, (name) => name).map((name) => ({ kind: 'user', insert: `@${name}`, label: name, detail: '' }));

const channels = (typed: string, sources: Sources): readonly Option[] =>
  fitting(typed, sources.channels, (name) => name.slice(1)).map((name) => ({ kind: 'channel', insert: name, label: name, detail: '' }));

const commandOption = (name: CommandName): Option => ({ kind: 'command', insert: `/${name}`, label: `/${name}`, detail: name });

function emoji(typed: string, sources: Sources): readonly Option[] {
  const table = sources.emoji ?? [];
  return emojiFor(typed, table).slice(0, most).map(([name, sign]) => ({ kind: 'emoji', insert: sign, label: sign, detail: name }));
}

/** Emoji whose short name has these letters in a row, those that begin with them first. */
export function emojiFor(typed: string, table: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const wanted = typed.toLowerCase().trim().replaceAll(' ', '_');
  const found = table.filter(([name]) => name.includes(wanted));
  const rank = (name: string): number => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
  return found.sort(([a], [b]) => rank(a) - rank(b));
}
