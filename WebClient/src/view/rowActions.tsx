import type { JSX } from 'preact';
import type { Message } from '../connection/contract';
import { t } from '../i18n';
import { channelKey } from '../state/chatState';
import { useClient } from './clientContext';
import { copyLink } from './clipboard';
import { ask } from './dialogs';
import { Icon } from './icons';
import { rowActions, type RowAction } from './rowKeys';

interface RowActionsProps {
  readonly message: Message;
  readonly own: boolean;
  readonly react: () => void;
  readonly remove: () => void;
}

/** What can be done with a message. */
export function RowActions({ message, own, react, remove }: RowActionsProps): JSX.Element {
  const client = useClient();
  const key = channelKey(message.channel);
  const { seq, deletedAt } = message;
  const isThere = deletedAt === undefined;
  return (
    <span class="row-actions">
      {isThere && <Action action="react" act={react} />}
      {isThere && <Action action="reply" act={() => client.revisions.reply(key, seq)} />}
      {isThere && own && <Action action="edit" act={() => client.revisions.beginEdit(message)} />}
      {isThere && own && <Action action="delete" act={remove} />}
      <Action action="copyLink" act={() => void copyLink(client, key, seq)} />
      {!own && <Action action="profile" act={({ currentTarget }) => showAuthor(message, currentTarget.closest<HTMLElement>('[data-row]'))} />}
      <Action action="markUnread" act={() => client.marks.markUnread(key, seq)} />
    </span>
  );
}

/** The row gets the focus back: its buttons are gone while it does not have it. */
function showAuthor({ author, authorId, origin }: Message, row: HTMLElement | null): void {
  ask({ kind: 'profile', who: { id: authorId, username: author, origin }, back: () => row?.focus({ preventScroll: true }) });
}

function Action({ action, act }: { readonly action: RowAction; readonly act: (event: { readonly currentTarget: HTMLElement }) => void }): JSX.Element {
  const { key, icon, label } = rowActions[action];
  return (
    <button
      class="icon-button"
      type="button"
      aria-label={t(label)}
      title={t('message.action', { name: t(label), key })}
      data-key={key}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  );
}
