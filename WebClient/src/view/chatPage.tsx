import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { unreadCount } from '../state/channels';
import type { ChatState, Session } from '../state/chatState';
import { ChannelPanel } from './channelPanel';
import { useClient } from './clientContext';
import { Conversation } from './conversation';
import { MemberPanel } from './memberPanel';
import { NoChannel } from './noChannel';
import { Notices } from './notices';
import { usePanel, type Panel } from './panels';

interface ChatPageProps {
  readonly state: ChatState;
  readonly session: Session;
}

export function ChatPage({ state, session }: ChatPageProps): JSX.Element {
  const client = useClient();
  const channels = usePanel('channels', '48rem');
  const members = usePanel('members', '68rem');
  const main = useRef<HTMLElement>(null);
  const active = state.active === null ? undefined : state.channels.get(state.active);
  const drawer = [channels, members].find((panel) => panel.open && !panel.docked);
  useTitle(state);

  const show = (name: string): void => {
    client.show(name);
    if (!channels.docked) channels.close();
  };
  const skip = (event: Event): void => {
    event.preventDefault();
    (main.current?.querySelector('textarea') ?? main.current)?.focus();
  };

  return (
    <div class={`page ${layoutClass('channels', channels)} ${layoutClass('members', members)}`}>
      <a class="skip" href="#conversation" onClick={skip}>
        {t('app.skip')}
      </a>
      <ChannelPanel state={state} username={session.username} panel={channels} show={show} />
      <main id="conversation" ref={main} tabIndex={-1} inert={drawer !== undefined}>
        <Notices texts={state.notices} />
        {active ? (
          <Conversation
            channel={active}
            session={session}
            connection={state.connection}
            pending={state.pending}
            draft={state.drafts[active.key] ?? ''}
            channelPanel={channels}
            memberPanel={members}
          />
        ) : (
          <NoChannel connection={state.connection} panel={channels} />
        )}
      </main>
      {active && <MemberPanel members={active.members} ownId={session.sessionId} panel={members} />}
      {drawer && <div class="backdrop" onClick={drawer.close} />}
      <p class="visually-hidden" role="status">
        {active && t('channels.announce.none', { channel: active.name })}
      </p>
    </div>
  );
}

const layoutClass = (name: string, { docked, open }: Panel): string => `${name}-${open ? (docked ? 'docked' : 'drawer') : 'closed'}`;

/** The tab's title: the channel, and how much is unread over all of them. */
function useTitle(state: ChatState): void {
  const active = state.active === null ? undefined : state.channels.get(state.active);
  let count = 0;
  for (const channel of state.channels.values()) count += unreadCount(channel);
  const title = active ? t('app.title.channel', { channel: active.name }) : t('app.name');
  const text = count === 0 ? title : t('app.title.unread', { count, title });
  useEffect(() => {
    document.title = text;
  }, [text]);
}
