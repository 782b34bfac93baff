import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { arranged, careFor, isListed, isStill, moved, type Arrangement } from '../state/arrangement';
import { callsOf } from '../state/attention';
import { channelKey, type ChannelKey, type ChatState } from '../state/chatState';
import { recentOpen, say } from './announcer';
import { arrangement } from './arrangement';
import { ChannelItem, type ListedChannel } from './channelItem';
import { useClient } from './clientContext';
import { useDrawer } from './drawer';
import { EnterChannel } from './enterChannel';
import { HiddenChannels, useFocusNext } from './hiddenChannels';
import { useStore } from './hooks';
import { Icon, Mark } from './icons';
import { channelKeys, entryOf, keyOf } from './keys';
import { useLazy } from './lazy';
import type { Panel } from './panels';
import { openPreferences } from './preferences';

interface ChannelPanelProps {
  readonly state: ChatState;
  readonly username: string;
  readonly panel: Panel;
  readonly show: (name: string) => void;
  /** Something covers it. */
  readonly inert: boolean;
}

export function ChannelPanel({ state, username, panel, show, inert }: ChannelPanelProps): JSX.Element {
  const client = useClient();
  const element = useDrawer(panel);
  const own = useStore(arrangement.store);
  const [filter, setFilter] = useState('');
  const [menuOf, setMenuOf] = useState<ChannelKey | null>(null);
  const Menu = useLazy(menuOf !== null, async () => (await import('./channelMenu')).ChannelMenu, () => setMenuOf(null));
  const focusNext = useFocusNext(element);
  const channels = listed(state, own);
  const listedNow = channels.filter(({ key, calls, care }) => isListed(care, key === state.active, calls.mentions));
  const wanted = filter.trim().toLowerCase();
  // Whoever looks for a name finds it, hidden or not.
  const shown = wanted === '' ? listedNow : channels.filter(({ key }) => key.includes(wanted));
  const hidden = wanted === '' ? channels.filter((each) => !listedNow.includes(each)) : [];
  const latest = useRef({ channels, listedNow });
  latest.current = { channels, listedNow };
  // The same functions at each draw: other ones would draw every row again.
  const latestShow = useRef(show);
  latestShow.current = show;
  const showThat = useCallback((name: string) => latestShow.current(name), []);
  const move = useCallback((key: ChannelKey, to: ChannelKey | undefined) => {
    const [all, inList] = [latest.current.channels, latest.current.listedNow].map((list) => list.map((each) => each.key)) as [ChannelKey[], ChannelKey[]];
    if (to === undefined || !inList.includes(key) || !inList.includes(to)) return;
    // Those that are hidden keep their places in between.
    arrangement.update((current) => moved(current, all, key, to));
    const name = latest.current.channels.find((each) => each.key === key)?.channel.name ?? key;
    say(t('channels.moved', { channel: name, place: inList.indexOf(to) + 1, count: inList.length }));
  }, []);
  const neighbour = (key: ChannelKey, by: number): ChannelKey | undefined => {
    const at = listedNow.findIndex((each) => each.key === key);
    return at < 0 ? undefined : listedNow[at + by]?.key;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-channel]')?.dataset['channel'];
    const entry = key === undefined ? null : entryOf(channelKeys, keyOf(event));
    if (key === undefined || entry === null) return;
    event.preventDefault();
    move(key, neighbour(key, entry === 'up' ? -1 : 1));
  };
  const inMenu = channels.find(({ key }) => key === menuOf);
  const step = (by: number): (() => void) | null => {
    const to = inMenu && neighbour(inMenu.key, by);
    return inMenu && to !== undefined ? () => move(inMenu.key, to) : null;
  };
  // It goes into the list while it is on the screen, and the focus with it.
  const showHidden = useCallback((name: string) => {
    latestShow.current(name);
    focusNext(channelKey(name));
  }, []);
  const row = ({ key, channel, calls, care }: ListedChannel, showRow: (name: string) => void): JSX.Element => (
    <ChannelItem
      key={key}
      channelKey={key}
      name={channel.name}
      refused={channel.phase === 'refused'}
      count={calls.count}
      mentions={calls.mentions}
      pinned={care.pinned === true}
      muted={isStill(care)}
      hidden={care.hidden === true}
      active={key === state.active}
      hasDraft={(state.drafts[key] ?? '') !== ''}
      show={showRow}
      openMenu={setMenuOf}
      dropOn={move}
    />
  );
  return (
    <nav class="panel channel-panel" aria-label={t('channels.label')} ref={element} hidden={!panel.open} inert={inert}>
      <header class="panel-header">
        <Mark />
        <span class="wordmark">{t('app.name')}</span>
        {!panel.docked && (
          <button class="icon-button" type="button" aria-label={t('drawer.close')} onClick={panel.close}>
            <Icon name="close" />
          </button>
        )}
      </header>
      {channels.length > 1 && (
        <div class="channel-tools">
          <input
            type="search"
            aria-label={t('channels.filter')}
            placeholder={t('channels.filter')}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={filter}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
          <button
            class="icon-button"
            type="button"
            aria-label={t('channels.unreadFirst')}
            title={t('channels.unreadFirst')}
            aria-pressed={own.unreadFirst}
            onClick={() => arrangement.update((current) => ({ ...current, unreadFirst: !current.unreadFirst }))}
          >
            <Icon name="unread" />
          </button>
        </div>
      )}
      <div class="channel-lists" onKeyDown={onKeyDown}>
        <ul class="channel-list" aria-label={t('channels.label')}>
          {shown.map((each) => row(each, showThat))}
        </ul>
        {hidden.length > 0 && <HiddenChannels count={hidden.length}>{hidden.map((each) => row(each, showHidden))}</HiddenChannels>}
      </div>
      {shown.length === 0 && filter !== '' && <p class="channel-none">{t('channels.filter.none', { filter })}</p>}
      {channels.some(({ counts }) => counts) && (
        <button class="button is-quiet is-small mark-all" type="button" onClick={() => client.marks.markAllRead()}>
          <Icon name="read" />
          {t('channels.markAllRead')}
        </button>
      )}
      <EnterChannel show={show} />
      <footer class="account">
        <div class="account-name">
          <span class="visually-hidden">{t('account.signedInAs')}</span>
          <bdi>{username}</bdi>
        </div>
        <button class="icon-button" type="button" aria-label={t('recent.open')} title={t('recent.open')} onClick={() => recentOpen.update(() => true)}>
          <Icon name="recent" />
        </button>
        <button
          class="icon-button"
          type="button"
          aria-label={t('preferences.open')}
          title={t('preferences.open')}
          aria-keyshortcuts="Control+,"
          onClick={openPreferences}
        >
          <Icon name="preferences" />
        </button>
        <button class="button is-quiet" type="button" onClick={() => void client.signOut()}>
          {t('account.signOut')}
        </button>
      </footer>
      {Menu && inMenu && <Menu key={menuOf} listed={inMenu} up={step(-1)} down={step(1)} closed={() => setMenuOf(null)} hid={focusNext} />}
    </nav>
  );
}

function listed(state: ChatState, own: Arrangement): readonly ListedChannel[] {
  const channels = [...state.channels.values()].map((channel) => {
    const calls = callsOf(channel, state.session, own);
    return { key: channel.key, channel, calls, care: careFor(own, channel.key), counts: calls.count > 0 };
  });
  return arranged(own, channels);
}
