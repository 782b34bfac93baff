import { t, type TextKey } from '../i18n';
import { shapeOf, type CommandName, type CommandPart, type CommandProblem } from '../state/commands';

const texts: Readonly<Record<CommandName, TextKey>> = {
  help: 'command.help',
  join: 'command.join',
  leave: 'command.leave',
  search: 'command.search',
  mentions: 'command.mentions',
  me: 'command.me',
  shrug: 'command.shrug',
  who: 'command.who',
  topic: 'command.topic',
  kick: 'command.kick',
  mute: 'command.mute',
  unmute: 'command.unmute',
  ban: 'command.ban',
  unban: 'command.unban',
  'mark-read': 'command.markRead',
  theme: 'command.theme',
  operator: 'command.operator',
  quit: 'command.quit',
};

const parts: Readonly<Record<CommandPart, TextKey>> = {
  'channel': 'command.part.channel',
  'channel?': 'command.part.channel',
  'query?': 'command.part.query',
  'text': 'command.part.text',
  'text?': 'command.part.text',
  'user': 'command.part.user',
  'duration?': 'command.part.duration',
  'reason?': 'command.part.reason',
  'theme?': 'command.part.theme',
};

const problems: Readonly<Record<CommandProblem, TextKey>> = {
  'unknown': 'command.unknown',
  'operators': 'command.operatorsOnly',
  'missing': 'command.missing',
  'channel': 'command.badChannel',
  'too-much': 'command.tooMuch',
  'secret': 'command.secret',
};

export const commandHelp = (name: CommandName): string => t(texts[name]);

/** What a command takes, in words; what may be left out stands in brackets. */
export const commandParts = (name: CommandName): string =>
  shapeOf(name).takes.map((part) => (part.endsWith('?') ? `[${t(parts[part])}]` : t(parts[part]))).join(' ');

export const commandUsage = (name: CommandName): string => `/${name} ${commandParts(name)}`.trim();

export const commandProblem = (problem: CommandProblem, name: string): string =>
  t(problems[problem], { name: `/${name}`, usage: problem === 'unknown' ? '' : commandUsage(name as CommandName) });
