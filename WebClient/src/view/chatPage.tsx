import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Searcher } from '../connection/searcher';
import { t } from '../i18n';
import { arranged, careFor, isListed } from '../state/arrangement';
import { callsOf } from '../state/attention';
import type { Channel, ChatState, Session } from '../state/chatState';
import { neighbour } from '../state/switching';
import { recentOpen, say } from './announcer';
import { arrangement } from './arrangement';
import { AskedDialog } from './askedDialog';
import { ChannelPanel } from './channelPanel';
import { useClient } from './clientContext';
import { Conversation } from './conversation';
import { ask } from './dialogs';
import { useStore } from './hooks';
import { KickNotices } from './kickNotices';
import { useLazy } from './lazy';
import { MemberPanel } from './memberPanel';
import { NoChannel } from './noChannel';
import { Notices } from './notices';
import { usePanel, type Panel } from './panels';
import { RecentNotices } from './recentNotices';
import { cycleRegions, focusRegion, returnToComposer } from './regions';
import { useShortcuts } from './shortcuts';
import { useSigns } from './signs';
import { useSwipes } from './swipes';
import { Toasts } from './toasts';
import { useSearch, type SearchToggle } from './useSearch';

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
  const SearchPanel = useLazy(search.open, async () => (await import('./searchPanel')).SearchPanel, search.close);
  const searcher = useMemo(() => new Searcher((...question) => client.search(...question)), [client]);
  // Not before there is something to close it with.
  const isCovered = search.open && !search.docked && SearchPanel !== null;
  const own = useStore(arrangement.store);
  useSigns(state, own);
  const [helping, setHelping] = useState(false);
  const ShortcutHelp = useLazy(helping, async () => (await import('./shortcutHelp')).ShortcutHelp, () => setHelping(false));
  const showsRecent = useStore(recentOpen);
  const isUnread = (channel: Channel): boolean => callsOf(channel, session, own).count > 0;
  // As the list shows them, without those that are hidden.
  const listed = (): readonly Channel[] => {
    const { channels: all, active: current } = client.store.state;
    return arranged(own, [...all.values()].map((channel) => ({ key: channel.key, channel, counts: isUnread(channel) })))
      .filter(({ key, channel }) => isListed(careFor(own, key), key === current, callsOf(channel, session, own).mentions))
      .map(({ channel }) => channel);
  };
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
    nextRegion: () => cycleRegions(1),
    regionBefore: () => cycleRegions(-1),
    composer: ({ target }) => drawer === undefined && !isCovered && returnToComposer(target),
  });
  const operates = state.scopes.length > 0;
  const operated = useRef(operates);
  useEffect(() => {
    if (operated.current && !operates) say(t('operator.ended'));
    operated.current = operates;
  }, [operates]);
  const page = useRef<HTMLDivElement>(null);
  useSwipes(page, channels, members);
  // Only what it was when the channel came on the screen: that it is read then need not be said.
  const announced = useMemo(() => {
    if (!active) return '';
    const { count } = callsOf(active, session, own);
    return count > 0 ? t('channels.announce.unread', { channel: active.name, count }) : t('channels.announce.none', { channel: active.name });
  }, [active?.key]);

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
      ref={page}
      class={`page ${layoutClass('channels', channels)} ${layoutClass('members', members)}${search.open ? ' is-searching' : ''}`}
    >
      <div class="skips">
        <a class="skip" href="#conversation" onClick={skip}>
          {t('app.skip')}
        </a>
        {channels.open && <SkipLink to=".channel-panel" text={t('app.skip.channels')} />}
        {members.open && active && <SkipLink to=".member-panel" text={t('app.skip.members')} />}
      </div>
      <ChannelPanel state={state} username={session.username} panel={channels} show={show} inert={isCovered} />
      <main id="conversation" ref={main} tabIndex={-1} aria-label={t('conversation.label')} inert={drawer !== undefined || isCovered}>
        <Notices notices={state.notices} />
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
      {active && <MemberPanel channel={active.key} members={active.members} ownId={session.sessionId} panel={members} />}
      {SearchPanel && <SearchPanel searcher={searcher} toggle={search} channel={active?.name ?? null} />}
      <AskedDialog />
      {helping && ShortcutHelp && <ShortcutHelp closed={() => setHelping(false)} />}
      {showsRecent && <RecentNotices closed={() => recentOpen.update(() => false)} />}
      {drawer && <div class="backdrop" onClick={drawer.close} />}
      <p class="visually-hidden" role="status">
        {announced}
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

function SkipLink({ to, text }: { readonly to: string; readonly text: string }): JSX.Element {
  return (
    <a
      class="skip"
      href="#conversation"
      onClick={(event) => {
        event.preventDefault();
        focusRegion(to);
      }}
    >
      {text}
    </a>
  );
}
