import type { JSX } from 'preact';
import type { Member } from '../connection/contract';
import { t } from '../i18n';
import { countMembers, sortMembers } from '../state/members';
import { useDrawer } from './drawer';
import { Icon } from './icons';
import { Avatar } from './avatar';
import { memo } from './memo';
import type { Panel } from './panels';

interface MemberPanelProps {
  readonly members: readonly Member[];
  readonly ownId: string;
  readonly panel: Panel;
}

export function MemberPanel({ members, ownId, panel }: MemberPanelProps): JSX.Element {
  const element = useDrawer(panel);
  return (
    <aside class="panel member-panel" aria-label={t('members.label')} ref={element} hidden={!panel.open}>
      <header class="panel-header">
        <h2 class="panel-title">{t('members.label')}</h2>
        {!panel.docked && (
          <button class="icon-button" type="button" aria-label={t('drawer.close')} onClick={panel.close}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <p class="member-summary">{summary(members)}</p>
      <MemberList members={members} ownId={ownId} />
    </aside>
  );
}

export function summary(members: readonly Member[]): string {
  const { all, web, native } = countMembers(members);
  return t('members.summary', { count: all, web, native });
}

const MemberList = memo(({ members, ownId }: { readonly members: readonly Member[]; readonly ownId: string }) => (
  <ul class="member-list" aria-label={t('members.label')}>
    {sortMembers(members).map((member) => (
      <MemberItem key={member.id} member={member} own={member.id === ownId} />
    ))}
  </ul>
));

const MemberItem = memo(({ member, own }: { readonly member: Member; readonly own: boolean }) => {
  const late = member.presence === 'late';
  const native = member.origin === 'native';
  return (
    <li class={late ? 'member is-late' : 'member'}>
      <Avatar username={member.username} />
      <bdi class="member-name">{member.username}</bdi>
      {own && <span class="member-note">{t('members.you')}</span>}
      {native && (
        <span class="badge" title={t('members.native.title')}>
          {t('members.native')}
        </span>
      )}
      {late && (
        <span class="badge is-late" title={t(native ? 'members.late.native' : 'members.late.web')}>
          {t('members.late')}
        </span>
      )}
    </li>
  );
});
