import type { JSX } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Member } from '../connection/contract';
import { t } from '../i18n';
import { presenceText } from '../i18n/presenceText';
import { isHidden } from '../state/arrangement';
import type { ChannelKey } from '../state/chatState';
import { countMembers, groupMembers } from '../state/members';
import { arrangement } from './arrangement';
import { useDrawer } from './drawer';
import { useStore } from './hooks';
import { Icon } from './icons';
import { Avatar } from './avatar';
import { useLazy } from './lazy';
import { memo } from './memo';
import type { Panel } from './panels';

interface MemberPanelProps {
  readonly channel: ChannelKey;
  readonly members: readonly Member[];
  readonly ownId: string;
  readonly panel: Panel;
}

/** From how many members on their list can be filtered. */
const filterFrom = 8;

export function MemberPanel({ channel, members, ownId, panel }: MemberPanelProps): JSX.Element {
  const element = useDrawer(panel);
  const [filter, setFilter] = useState('');
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const Menu = useLazy(menuOf !== null, async () => (await import('./memberMenu')).MemberMenu, () => setMenuOf(null));
  const inMenu = members.find(({ id }) => id === menuOf);
  const canFilter = members.length >= filterFrom;
  // With the drawing: what is opened or typed right after it is of this channel.
  useLayoutEffect(() => {
    setFilter('');
    setMenuOf(null);
  }, [channel]);
  return (
    <aside class="panel member-panel" aria-label={t('members.label')} ref={element} hidden={!panel.open} tabIndex={-1}>
      <header class="panel-header">
        <h2 class="panel-title">{t('members.label')}</h2>
        {!panel.docked && (
          <button class="icon-button" type="button" aria-label={t('drawer.close')} onClick={panel.close}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <p class="member-summary">{summary(members)}</p>
      {canFilter && (
        <div class="member-tools">
          <input
            type="search"
            aria-label={t('members.filter')}
            placeholder={t('members.filter')}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
        </div>
      )}
      <div class="member-lists">
        <MemberList members={members} filter={canFilter ? filter : ''} ownId={ownId} openMenu={setMenuOf} />
      </div>
      {Menu && inMenu && <Menu key={menuOf} channel={channel} member={inMenu} own={inMenu.id === ownId} closed={() => setMenuOf(null)} />}
    </aside>
  );
}

export function summary(members: readonly Member[]): string {
  const { all, web, native } = countMembers(members);
  return t('members.summary', { count: all, web, native });
}

interface MemberListProps {
  readonly members: readonly Member[];
  readonly filter: string;
  readonly ownId: string;
  readonly openMenu: (id: string) => void;
}

const MemberList = memo(({ members, filter, ownId, openMenu }: MemberListProps) => {
  const { operators, others } = groupMembers(members, filter);
  const items = (group: readonly Member[]): JSX.Element[] =>
    group.map((member) => <MemberItem key={member.id} member={member} own={member.id === ownId} openMenu={openMenu} />);
  return (
    <>
      {operators.length > 0 && (
        <>
          <h3 class="member-group">{t('members.operators')}</h3>
          <ul class="member-list" aria-label={t('members.operators')}>
            {items(operators)}
          </ul>
          {others.length > 0 && <h3 class="member-group">{t('members.others')}</h3>}
        </>
      )}
      {others.length > 0 && (
        <ul class="member-list" aria-label={t('members.label')}>
          {items(others)}
        </ul>
      )}
      {operators.length + others.length === 0 && filter !== '' && <p class="channel-none">{t('channels.filter.none', { filter })}</p>}
    </>
  );
});

interface MemberItemProps {
  readonly member: Member;
  readonly own: boolean;
  readonly openMenu: (id: string) => void;
}

const MemberItem = memo((props: MemberItemProps) => <Item {...props} />);

function Item({ member, own, openMenu }: MemberItemProps): JSX.Element {
  const kept = useStore(arrangement.store);
  const late = member.presence === 'late';
  const native = member.origin === 'native';
  const muted = isHidden(kept, member.username);
  return (
    <li class={late ? 'member is-late' : 'member'}>
      <Avatar username={member.username} />
      <bdi class="member-name">{member.username}</bdi>
      {own && <span class="member-note">{t('members.you')}</span>}
      {muted && <span class="member-note">{t('members.hidden')}</span>}
      {native && (
        <span class="badge" title={t('members.native.title')}>
          {t('members.native')}
        </span>
      )}
      {late && (
        <span class="badge is-late" title={presenceText(member)}>
          {t('members.late')}
        </span>
      )}
      <button
        class="icon-button member-more"
        type="button"
        aria-label={t('members.menu', { name: member.username })}
        title={t('members.menu', { name: member.username })}
        aria-haspopup="dialog"
        onClick={() => openMenu(member.id)}
      >
        <Icon name="more" />
      </button>
    </li>
  );
}
