import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Searcher } from '../connection/searcher';
import { t } from '../i18n';
import type { Channel, ChatState, Session } from '../state/chatState';
import { unreadCount } from '../state/reading';
import { neighbour } from '../state/switching';
import { say } from './announcer';
import { AskedDialog } from './askedDialog';
import { ChannelPanel } from './channelPanel';
import { useClient } from './clientContext';
import { Conversation } from './conversation';
import { ask } from './dialogs';
import { KickNotices } from './kickNotices';
import { MemberPanel } from './memberPanel';
import { NoChannel } from './noChannel';
import { Notices } from './notices';
import { usePanel, type Panel } from './panels';
import { ShortcutHelp } from './shortcutHelp';
import { useShortcuts } from './shortcuts';
import { Toasts } from './toasts';
import { useSearch, useSearchPanel, type SearchToggle } from './useSearch';

interface ChatPageProps {
  readonly state: ChatState;
  readonly session: Session;
}

export function ChatPage({ state, session }: ChatPageProps): JSX.Element {
  const client = useClient();
  const channels = usePanel('channels', '48rem');
  const memberRegion = usePanel('members', '68rem');
  const search = useSearch();
  const members = besideSearch(memberRegion, search);
  const main = useRef<HTMLElement>(null);
  const active = state.active === null ? undefined : state.channels.get(state.active);
  const drawer = [channels, members].find((panel) => panel.open && !panel.docked);
  const SearchPanel = useSearchPanel(search.open);
  const searcher = useMemo(() => new Searcher((...question) => client.search(...question)), [client]);
  const isCovered = search.open && !search.docked;
  useTitle(state);
  const [helping, setHelping] = useState(false);
  const listed = (): readonly Channel[] => [...client.store.state.channels.values()];
  const isUnread = (channel: Channel): boolean => unreadCount(channel, session.sessionId) > 0;
  const goTo = (channel: Channel | null): void => (channel ? client.show(channel.name) : say(t('switcher.nothingUnread')));
  useShortcuts({
    search: () => search.show(),
    markAllRead: () => client.marks.markAllRead(),
    help: () => setHelping(true),
    switcher: () => ask({ kind: 'switcher' }),
    above: () => goTo(neighbour(listed(), client.store.state.active, -1)),
    below: () => goTo(neighbour(listed(), client.store.state.active, 1)),
    unreadAbove: () => goTo(neighbour(listed(), client.store.state.active, -1, isUnread)),
    unreadBelow: () => goTo(neighbour(listed(), client.store.state.active, 1, isUnread)),
    firstUnread: () => goTo(listed().find(isUnread) ?? null),
  });

  const show = (name: string): void => {
    client.show(name);
    if (!channels.docked) channels.close();
  };
  const skip = (event: Event): void => {
    event.preventDefault();
    (main.current?.querySelector('textarea') ?? main.current)?.focus();
  };

  return (
    <div
      class={`page ${layoutClass('channels', channels)} ${layoutClass('members', members)}${search.open ? ' is-searching' : ''}`}
    >
      <a class="skip" href="#conversation" onClick={skip}>
        {t('app.skip')}
      </a>
      <ChannelPanel state={state} username={session.username} panel={channels} show={show} inert={isCovered} />
      <main id="conversation" ref={main} tabIndex={-1} inert={drawer !== undefined || isCovered}>
        <Notices texts={state.notices} />
        <KickNotices kicks={state.kicks} />
        {active ? (
          <Conversation
            channel={active}
            session={session}
            connection={state.connection}
            pending={state.pending}
            draft={state.drafts[active.key] ?? ''}
            channelPanel={channels}
            memberPanel={members}
            search={search}
          />
        ) : (
          <NoChannel connection={state.connection} panel={channels} />
        )}
        <Toasts undo={state.undo} imposed={state.imposed} />
      </main>
      {active && <MemberPanel members={active.members} ownId={session.sessionId} panel={members} />}
      {SearchPanel && <SearchPanel searcher={searcher} toggle={search} channel={active?.name ?? null} />}
      <AskedDialog />
      {helping && <ShortcutHelp closed={() => setHelping(false)} />}
      {drawer && <div class="backdrop" onClick={drawer.close} />}
      <p class="visually-hidden" role="status">
        {active && t('channels.announce.none', { channel: active.name })}
      </p>
    </div>
  );
}

/** The search takes the place of the members where both would be docked; asking for them ends it. */
function besideSearch(members: Panel, search: SearchToggle): Panel {
  if (!search.open || !members.docked) return members;
  const toggle = (): void => {
    search.close();
    if (!members.open) members.toggle();
  };
  return { ...members, open: false, toggle };
}

const layoutClass = (name: string, { docked, open }: Panel): string => `${name}-${open ? (docked ? 'docked' : 'drawer') : 'closed'}`;

/** The tab's title: the channel, and how much is unread over all of them. */
function useTitle(state: ChatState): void {
  const active = state.active === null ? undefined : state.channels.get(state.active);
  let count = 0;
  for (const channel of state.channels.values()) count += unreadCount(channel, state.session?.sessionId);
  const title = active ? t('app.title.channel', { channel: active.name }) : t('app.name');
  const text = count === 0 ? title : t('app.title.unread', { count, title });
  useEffect(() => {
    document.title = text;
  }, [text]);
}
