import type { JSX } from 'preact';
import type { ConnectionStatus } from '../connection/connector';
import { t } from '../i18n';
import { showsCache } from '../state/cache';
import type { Channel } from '../state/chatState';
import { showControls } from '../state/text';
import { ConnectionIndicator } from './connectionStatus';
import { Icon } from './icons';
import { summary } from './memberPanel';
import type { Panel } from './panels';
import type { SearchToggle } from './useSearch';

interface ConversationHeaderProps {
  readonly channel: Channel;
  readonly connection: ConnectionStatus;
  readonly channelPanel: Panel;
  readonly memberPanel: Panel;
  readonly search: SearchToggle;
}

export function ConversationHeader({ channel, connection, channelPanel, memberPanel, search }: ConversationHeaderProps): JSX.Element {
  const updating = showsCache(channel) || (channel.phase === 'entering' && channel.incarnation !== null && connection.phase === 'online');
  const topic = showControls(channel.settings.topic);
  return (
    <header class="conversation-header">
      <button
        class="icon-button"
        type="button"
        aria-label={t(channelPanel.open ? 'channels.close' : 'channels.open')}
        aria-expanded={channelPanel.open}
        onClick={channelPanel.toggle}
      >
        <Icon name="channels" />
      </button>
      <div class="conversation-title">
        <div class="conversation-name">
          <h1>
            <bdi>{channel.name}</bdi>
          </h1>
          {topic !== '' && (
            <p class="topic" dir="auto" title={topic}>
              <span class="visually-hidden">{t('conversation.topic')} </span>
              {topic}
            </p>
          )}
        </div>
        <p>{updating ? t('conversation.updating') : channel.members.length > 0 && summary(channel.members)}</p>
      </div>
      <ConnectionIndicator status={connection} />
      <button
        class="icon-button"
        type="button"
        aria-label={t('search.open')}
        title={t('search.open')}
        aria-expanded={search.open}
        onClick={() => (search.open ? search.close() : search.show())}
      >
        <Icon name="search" />
      </button>
      <button
        class="icon-button"
        type="button"
        aria-label={t(memberPanel.open ? 'members.hide' : 'members.show')}
        aria-expanded={memberPanel.open}
        onClick={memberPanel.toggle}
      >
        <Icon name="members" />
      </button>
    </header>
  );
}
