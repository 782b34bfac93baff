import type { TextKey } from '../i18n';
import type { IconName } from './icons';

/** What can be done with a message: the key that does it while its row has the focus, its sign and its name. */
export const rowActions = {
  react: { key: '+', icon: 'react', label: 'message.react' },
  reply: { key: 'r', icon: 'reply', label: 'message.reply' },
  edit: { key: 'e', icon: 'edit', label: 'message.edit' },
  delete: { key: 'Delete', icon: 'bin', label: 'message.delete' },
  copyLink: { key: 'c', icon: 'link', label: 'message.copyLink' },
  profile: { key: 'p', icon: 'members', label: 'profile.open' },
  markUnread: { key: 'u', icon: 'unread', label: 'message.markUnread' },
} as const satisfies Readonly<Record<string, { readonly key: string; readonly icon: IconName; readonly label: TextKey }>>;

export type RowAction = keyof typeof rowActions;

/** Does what a key means for a row: presses the row's button for it, if the row has one. */
export function actOn(row: HTMLElement, key: string): (() => void) | null {
  const button = row.querySelector<HTMLElement>(`.row-actions [data-key="${CSS.escape(key)}"]`);
  return button && (() => button.click());
}
