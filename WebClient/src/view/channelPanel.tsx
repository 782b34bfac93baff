import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Channel, ChatState } from '../state/chatState';
import { mentionCount, unreadCount } from '../state/reading';
import { pathOfChannel } from '../state/route';
import { useClient } from './clientContext';
import { Counts } from './counts';
import { useDrawer } from './drawer';
import { EnterChannel } from './enterChannel';
import { Icon, Mark } from './icons';
import { followWith } from './links';
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
  const ownId = state.session?.sessionId;
  const channels = [...state.channels.values()].map((channel) => ({
    channel, unread: unreadCount(channel, ownId), mentions: mentionCount(channel, ownId, username),
  }));
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
      <ul class="channel-list" aria-label={t('channels.label')}>
        {channels.map(({ channel, unread, mentions }) => (
          <ChannelItem
            key={channel.key}
            channel={channel}
            unread={unread}
            mentions={mentions}
            active={channel.key === state.active}
            hasDraft={(state.drafts[channel.key] ?? '') !== ''}
            show={show}
          />
        ))}
      </ul>
      {channels.some(({ unread }) => unread > 0) && (
        <button class="button is-quiet is-small mark-all" type="button" onClick={() => client.marks.markAllRead()}>
          <Icon name="read" />
          {t('channels.markAllRead')}
        </button>
      )}
      <EnterChannel show={show} />
      <footer class="account">
        <div class="account-name">
          <span class="account-label">{t('account.signedInAs')}</span>
          <bdi>{username}</bdi>
        </div>
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
    </nav>
  );
}

interface ChannelItemProps {
  readonly channel: Channel;
  readonly unread: number;
  readonly mentions: number;
  readonly active: boolean;
  readonly hasDraft: boolean;
  readonly show: (name: string) => void;
}

function ChannelItem({ channel, unread, mentions, active, hasDraft, show }: ChannelItemProps): JSX.Element {
  const client = useClient();
  const { name } = channel;
  return (
    <li class={`channel-item${active ? ' is-active' : ''}${unread > 0 ? ' is-unread' : ''}`}>
      <a
        href={pathOfChannel(name)}
        aria-current={active ? 'page' : undefined}
        onClick={followWith(() => show(name))}
      >
        <bdi class="channel-name">{name}</bdi>
        {channel.phase === 'refused' && (
          <span class="channel-mark is-error" title={t('channels.refused')}>
            <Icon name="failed" />
            <span class="visually-hidden">{t('channels.refused')}</span>
          </span>
        )}
        {hasDraft && !active && (
          <span class="channel-mark" title={t('channels.draft')}>
            <Icon name="draft" />
            <span class="visually-hidden">{t('channels.draft')}</span>
          </span>
        )}
        <Counts unread={unread} mentions={mentions} />
      </a>
      {unread > 0 && (
        <button
          class="icon-button leave"
          type="button"
          aria-label={t('channels.markRead', { channel: name })}
          title={t('channels.markRead', { channel: name })}
          onClick={() => client.marks.markRead(channel.key)}
        >
          <Icon name="read" />
        </button>
      )}
      <button
        class="icon-button leave"
        type="button"
        aria-label={t('channels.leave', { channel: name })}
        title={t('channels.leave', { channel: name })}
        onClick={() => void client.sync.leave(channel.key)}
      >
        <Icon name="leave" />
      </button>
    </li>
  );
}
