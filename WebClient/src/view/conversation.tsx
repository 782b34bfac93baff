import type { JSX } from 'preact';
import { useCallback, useRef } from 'preact/hooks';
import type { ConnectionStatus } from '../connection/connector';
import { t } from '../i18n';
import { asShown, showsCache } from '../state/cache';
import type { Channel, PendingMessage, Session } from '../state/chatState';
import { useClient } from './clientContext';
import { Composer } from './composer';
import { ConnectionBanner } from './connectionStatus';
import { ConversationHeader } from './conversationHeader';
import { KnownNamesProvider, useKnownNames } from './knownNames';
import { MessageLog } from './messageLog';
import type { Panel } from './panels';
import { ProblemText } from './problemText';
import type { Place } from './scrollKeeper';
import { TypingLine } from './typingLine';
import type { SearchToggle } from './useSearch';

interface ConversationProps {
  readonly channel: Channel;
  readonly session: Session;
  readonly connection: ConnectionStatus;
  readonly pending: readonly PendingMessage[];
  readonly draft: string;
  readonly channelPanel: Panel;
  readonly memberPanel: Panel;
  readonly search: SearchToggle;
}

export function Conversation(props: ConversationProps): JSX.Element {
  const { channel, session, connection, channelPanel, memberPanel } = props;
  /** Where the reader was in each channel, while the page lives. */
  const places = useRef(new Map<string, Place>());
  /** What the author of a refused message wants to write differently; counts up so that the same text can come again. */
  const edited = useRef<(text: string) => void>(() => undefined);
  // One function for the page's whole life: a new one at each draw would draw every row again.
  const edit = useCallback((text: string) => edited.current(text), []);
  const { channels } = useClient().store.state;
  const known = useKnownNames(channel, { channels, session });
  return (
    <>
      <ConversationHeader
        channel={channel}
        connection={connection}
        channelPanel={channelPanel}
        memberPanel={memberPanel}
        search={props.search}
      />
      <ConnectionBanner status={connection} />
      {channel.phase === 'refused' ? (
        <Refused channel={channel} />
      ) : (
        <>
          <KnownNamesProvider value={known}>
            <p class="visually-hidden" role="status">
              {showsCache(channel) && t('conversation.updating')}
            </p>
            <MessageLog
              key={channel.key}
              channel={asShown(channel)}
              pending={props.pending}
              session={session}
              places={places.current}
              edit={edit}
            />
          </KnownNamesProvider>
          <TypingLine channel={channel} />
          <Composer
            key={channel.key}
            channel={channel}
            session={session}
            draft={props.draft}
            takesFocus={channel.goal?.kind !== 'message'}
            search={props.search}
            edited={edited}
          />
        </>
      )}
    </>
  );
}

function Refused({ channel }: { readonly channel: Channel }): JSX.Element {
  const client = useClient();
  return (
    <div class="empty">
      <h2>{t('channels.refused.title', { channel: channel.name })}</h2>
      {channel.refusal && <ProblemText problem={channel.refusal} />}
      <div class="actions">
        <button class="button is-primary" type="button" onClick={() => client.show(channel.name)}>
          {t('channels.retry')}
        </button>
        <button class="button" type="button" onClick={() => void client.sync.leave(channel.key)}>
          {t('channels.remove')}
        </button>
      </div>
    </div>
  );
}
