import type { JSX } from 'preact';
import '../i18n/late';
import type { Member } from '../connection/contract';
import { t } from '../i18n';
import type { ChannelKey } from '../state/chatState';
import { presenceText } from '../i18n/presenceText';
import { Dialog } from './dialog';
import { ask } from './dialogs';
import { MemberActions } from './memberActions';
import { mentionInComposer } from './mentioning';
import { MuteForMe } from './muteForMe';

interface MemberMenuProps {
  readonly channel: ChannelKey;
  readonly member: Member;
  readonly own: boolean;
  readonly closed: () => void;
}

/** What can be done about a member, and what is known of them. */
export function MemberMenu({ channel, member, own, closed }: MemberMenuProps): JSX.Element {
  const { username } = member;
  const isNative = member.origin === 'native';
  return (
    <Dialog title={username} closed={closed}>
      {(close) => (
        <div class="menu">
          <p>{isNative ? t('members.native.title') : t('members.web.title')}</p>
          <p>{presenceText(member)}</p>
          {member.operator && <p>{t('members.operator.title')}</p>}
          {!own && <MuteForMe username={username} />}
          <div class="actions">
            <button
              class="button"
              type="button"
              onClick={() => {
                close();
                ask({ kind: 'profile', who: member });
              }}
            >
              {t('profile.open')}
            </button>
            <button
              class="button"
              type="button"
              onClick={() => {
                close();
                mentionInComposer(username);
              }}
            >
              {t('members.mention')}
            </button>
            <MemberActions channel={channel} member={member} />
            <button class="button" type="button" onClick={close}>
              {t('drawer.close')}
            </button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
