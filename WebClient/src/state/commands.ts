import { minutesOf } from './durations';
import { checkChannel, withAt } from './names';

/** What a command takes, as its help shows it: `name?` may be left out, and the last one takes the rest of the line. */
interface Shape {
  readonly takes: readonly CommandPart[];
  /** Listed and possible only for operators whose key allows that. */
  readonly scope?: Scope;
  /** Other names, not listed. */
  readonly also?: readonly string[];
}

/** What an operator's key may allow in the chat. */
export type Scope = 'moderation:write' | 'channels:write';

export type CommandPart = 'channel' | 'channel?' | 'query?' | 'text' | 'text?' | 'user' | 'duration?' | 'reason?' | 'theme?';

/** All commands, as they are listed. */
export const commands = {
  help: { takes: [] },
  join: { takes: ['channel'] },
  leave: { takes: ['channel?'], also: ['part'] },
  search: { takes: ['query?'] },
  mentions: { takes: [] },
  me: { takes: ['text'] },
  shrug: { takes: ['text?'] },
  who: { takes: [] },
  topic: { takes: ['text?'], scope: 'channels:write' },
  kick: { takes: ['user', 'reason?'], scope: 'moderation:write' },
  mute: { takes: ['user', 'duration?', 'reason?'], scope: 'moderation:write' },
  unmute: { takes: ['user'], scope: 'moderation:write' },
  ban: { takes: ['user', 'duration?', 'reason?'], scope: 'moderation:write' },
  unban: { takes: ['user'], scope: 'moderation:write' },
  'mark-read': { takes: [] },
  theme: { takes: ['theme?'] },
  operator: { takes: [] },
  quit: { takes: [] },
} as const satisfies Readonly<Record<string, Shape>>;

export type CommandName = keyof typeof commands;

/** What is sent is a message like any other: counted, shown as natives get it, and in its order. */
type MessageName = 'me' | 'shrug';

/** What was written, taken apart. What was left out is empty, or null. */
export interface Command {
  readonly name: Exclude<CommandName, MessageName>;
  /** A channel with its `@`, or a username. */
  readonly target: string;
  /** The rest of the line: a text, a query, a reason, a theme. */
  readonly text: string;
  readonly minutes: number | null;
  /** By network address as well as by name. */
  readonly byAddress: boolean;
}

export type CommandProblem = 'unknown' | 'operators' | 'missing' | 'channel' | 'too-much' | 'secret';

export type Written =
  | { readonly kind: 'message'; readonly text: string }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'problem'; readonly problem: CommandProblem; readonly name: string };

const names = Object.keys(commands) as CommandName[];

/** Those a user may give, whose key allows that much. */
export const commandsFor = (scopes: readonly string[]): readonly CommandName[] => names.filter((name) => isAllowed(name, scopes));

export const shapeOf = (name: CommandName): Shape => commands[name];

function isAllowed(name: CommandName, scopes: readonly string[]): boolean {
  const { scope } = shapeOf(name);
  return scope === undefined || scopes.includes(scope);
}

/** What a text is that somebody wants to send: a message, whose leading `//` is one slash; or a command, by itself in its line. */
export function written(text: string, username: string, scopes: readonly string[]): Written {
  if (!text.startsWith('/')) return { kind: 'message', text };
  if (text.startsWith('//')) return { kind: 'message', text: text.slice(1) };
  const [, said = '', rest = ''] = /^\/(\S*)\s*([^]*)$/.exec(text) ?? [];
  const name = names.find((known) => known === said.toLowerCase() || shapeOf(known).also?.includes(said.toLowerCase()));
  const problem = (kind: CommandProblem): Written => ({ kind: 'problem', problem: kind, name: name ?? said });
  if (!name) return problem('unknown');
  // A key in a line of text is one step from being sent to everybody.
  if (name === 'operator' && rest.trim() !== '') return problem('secret');
  if (!isAllowed(name, scopes)) return problem('operators');
  const all = rest.trim();
  if (name === 'shrug') return { kind: 'message', text: shrug(all) };
  if (name === 'me') return all === '' ? problem('missing') : { kind: 'message', text: actionText(username, all) };
  return taken(name, all, problem);
}

function taken(name: Command['name'], all: string, problem: (kind: CommandProblem) => Written): Written {
  let rest = all;
  let command: Command = { name, target: '', text: '', minutes: null, byAddress: false };
  const word = (): string => {
    const [, first = '', others = ''] = /^(\S*)\s*([^]*)$/.exec(rest) ?? [];
    rest = others;
    return first;
  };
  if (name === 'ban' && /(^|\s)--address(?=\s|$)/.test(rest)) {
    rest = rest.replace(/(^|\s)--address(?=\s|$)/, ' ').trim();
    command = { ...command, byAddress: true };
  }
  for (const part of shapeOf(name).takes) {
    if (rest === '' && part.endsWith('?')) continue;
    if (rest === '') return problem('missing');
    if (part === 'channel' || part === 'channel?') {
      command = { ...command, target: withAt(word()) };
      if (checkChannel(command.target) !== null) return problem('channel');
    } else if (part === 'user') {
      command = { ...command, target: quotedOr(word).replace(/^@/, '') };
    } else if (part === 'duration?') {
      const minutes = minutesOf(rest.split(/\s/, 1)[0] ?? '');
      if (minutes !== null) word();
      command = { ...command, minutes };
    } else {
      command = { ...command, text: rest };
      rest = '';
    }
  }
  return rest === '' ? { kind: 'command', command } : problem('too-much');

  /** Names may hold spaces: such ones stand in quotation marks. */
  function quotedOr(otherwise: () => string): string {
    const quoted = /^@?"([^"]+)"\s*([^]*)$/.exec(rest);
    if (!quoted) return otherwise();
    rest = quoted[2] ?? '';
    return quoted[1] ?? '';
  }
}

/** One line that says it all, also where no mark is drawn. */
const actionText = (username: string, text: string): string => `*${username} ${text.replace(/\s+/g, ' ')}*`;

const shrug = (text: string): string => `${text === '' ? '' : `${text} `}\u00af\\\\_(\u30c4)\\_/\u00af`;
