import type { JSX } from 'preact';
import type { Message, Reaction } from '../connection/contract';
import { t } from '../i18n';
import { channelKey, type Channel } from '../state/chatState';
import { useClient } from './clientContext';

interface ReactionsProps {
  readonly message: Message;
  readonly ownId: string;
  readonly reachable: boolean;
}

/** How others, and oneself, reacted to a message: each kind a button that joins in or takes it back. */
export function Reactions({ message, ownId, reachable }: ReactionsProps): JSX.Element {
  const client = useClient();
  const key = channelKey(message.channel);
  const channel = client.store.state.channels.get(key);
  return (
    <ul class="reactions" aria-label={t('reactions.label')} aria-live="off">
      {message.reactions?.map((reaction) => {
        const { emoji, count, by } = reaction;
        const own = by.includes(ownId);
        const names = namesOf(reaction, channel, ownId);
        return (
          <li key={emoji}>
            <button
              class={own ? 'reaction is-own' : 'reaction'}
              type="button"
              aria-pressed={own}
              aria-label={t('reactions.by', { emoji, count, names })}
              title={names}
              tabIndex={reachable ? 0 : -1}
              onClick={() => void client.revisions.react(key, message.seq, emoji, !own)}
            >
              <span aria-hidden="true">{emoji}</span> <span aria-hidden="true">{count}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Who reacted, as far as this page has met them. */
function namesOf({ by, count }: Reaction, channel: Channel | undefined, ownId: string): string {
  const names = by.flatMap((id) => {
    if (id === ownId) return [t('members.you')];
    const name = channel?.members.find((member) => member.id === id)?.username
      ?? channel?.messages.find(({ authorId }) => authorId === id)?.author;
    return name === undefined ? [] : [name];
  });
  const others = count - names.length;
  return [...names, ...(others > 0 ? [t('reactions.others', { count: others })] : [])].join(', ');
}
