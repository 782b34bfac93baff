import '../i18n/late';
import type { ChatClient } from '../connection/chatClient';
import type { ChatError } from '../connection/chatError';
import { t } from '../i18n';
import { errorText } from '../i18n/errorText';
import type { Channel } from '../state/chatState';
import type { Command } from '../state/commands';
import { countMembers, sortMembers } from '../state/members';
import { choices } from '../state/preferences';
import { mentionsOf } from '../state/search';
import { say } from './announcer';
import { ask, type SanctionDraft } from './dialogs';
import { kicked } from './moderating';
import { preferences } from './preferences';
import type { SearchToggle } from './useSearch';

/** The commands that can wait for a moment; which channel is meant cannot. */
export type LateCommand = Command & { readonly name: Exclude<Command['name'], 'join' | 'leave'> };

/** Where a command is given. */
export interface CommandPlace {
  readonly client: ChatClient;
  readonly channel: Channel;
  readonly search: SearchToggle;
}

/** Does what a command says. The sentence is what is wrong, if something is; then the command stays in the field. */
export async function runCommand(command: LateCommand, place: CommandPlace): Promise<string | null> {
  try {
    return await done(command, place);
  } catch (error) {
    return errorText((error as ChatError).problem);
  }
}

async function done(command: LateCommand, { client, channel, search }: CommandPlace): Promise<string | null> {
  const { target, text } = command;
  const username = client.store.state.session?.username ?? '';
  switch (command.name) {
    case 'help':
      ask({ kind: 'commands' });
      return null;
    case 'search':
      search.show(text === '' ? undefined : text);
      return null;
    case 'mentions':
      search.show(mentionsOf(username));
      return null;
    case 'who':
      client.tell(channel.name, whoIsHere(channel));
      return null;
    case 'topic':
      await client.moderation.setTopic(channel.name, text);
      say(t(text === '' ? 'command.topic.taken' : 'command.topic.set'));
      return null;
    case 'kick':
    case 'mute':
    case 'ban':
      return moderate(command.name, command, client, channel);
    case 'unmute':
    case 'unban':
      return lift(command.name === 'unban' ? 'ban' : 'mute', target, client, channel);
    case 'mark-read':
      client.marks.markRead(channel.key);
      return null;
    case 'theme':
      return chooseTheme(text);
    case 'operator':
      ask({ kind: 'operator' });
      return null;
    case 'quit':
      await client.signOut();
      return null;
  }
}

function whoIsHere({ members }: Channel): string {
  const { all, web, native } = countMembers(members);
  const names = sortMembers(members).map(({ username, origin }) => (origin === 'native' ? `${username} (${t('members.native')})` : username));
  return `${t('members.summary', { count: all, web, native })}: ${names.join(', ')}`;
}

/** At once where a reason is given and only a name is met; otherwise the dialog asks, and shows whom it meets. */
async function moderate(act: SanctionDraft['act'], command: Command, { moderation }: ChatClient, { name }: Channel): Promise<null> {
  const { target, text, minutes, byAddress } = command;
  if (text === '' || byAddress) ask({ kind: 'sanction', draft: { act, username: target, channel: name, minutes, byAddress, reason: text } });
  else if (act === 'kick') await kicked(moderation, name, target, text);
  else await moderation.impose({ kind: act, username: target, byAddress, channel: name, minutes, reason: text });
  return null;
}

const nothingLifted = { ban: 'sanction.none.ban', mute: 'sanction.none.mute' } as const;

async function lift(kind: 'ban' | 'mute', username: string, { moderation }: ChatClient, { name }: Channel): Promise<string | null> {
  const count = (await moderation.lift(kind, username, name)) + (await moderation.lift(kind, username, null));
  if (count === 0) return t(nothingLifted[kind], { name: username });
  say(t('sanction.lifted', { count, name: username }));
  return null;
}

function chooseTheme(wanted: string): string | null {
  const theme = choices.theme.find((name) => name === wanted.toLowerCase());
  if (!theme) return t('command.theme.which', { list: choices.theme.join(', ') });
  preferences.choose({ theme });
  return null;
}
