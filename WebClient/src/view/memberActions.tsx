import type { JSX } from 'preact';
import type { Member } from '../connection/contract';
import { t } from '../i18n';
import type { ChannelKey } from '../state/chatState';
import { moderates } from '../state/moderation';
import { useClient } from './clientContext';
import { ask, type SanctionDraft } from './dialogs';
import { useStore } from './hooks';

interface MemberActionsProps {
  readonly channel: ChannelKey;
  readonly member: Member;
  /** Something was chosen: whatever shows this may close. */
  readonly chosen?: () => void;
}

/** What an operator can do to a member of a channel; nothing for everybody else, and nothing to oneself. */
export function MemberActions({ channel: key, member, chosen }: MemberActionsProps): JSX.Element | null {
  const client = useClient();
  const state = useStore(client.store);
  const channel = state.channels.get(key);
  if (!channel || !moderates(state) || member.id === state.session?.sessionId) return null;
  const act = (what: SanctionDraft['act']): void => {
    chosen?.();
    ask({ kind: 'sanction', draft: { act: what, username: member.username, channel: channel.name, minutes: null, byAddress: false, reason: '' } });
  };
  return (
    <div class="member-actions" role="group" aria-label={t('sanction.actions', { name: member.username })}>
      <button class="button is-small" type="button" onClick={() => act('kick')}>
        {t('sanction.kick')}
      </button>
      <button class="button is-small" type="button" onClick={() => act('mute')}>
        {t('sanction.mute')}
      </button>
      <button class="button is-small is-danger" type="button" onClick={() => act('ban')}>
        {t('sanction.ban')}
      </button>
    </div>
  );
}
