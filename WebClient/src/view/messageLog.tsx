import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { unreadCount } from '../state/channels';
import type { Channel, PendingMessage, Session } from '../state/chatState';
import { daysOf, rowsOf } from '../state/rows';
import { holdsEnd } from '../state/timeline';
import { useClient } from './clientContext';
import { DayView } from './dayView';
import { Icon } from './icons';
import { ScrollKeeper, type Place } from './scrollKeeper';

interface MessageLogProps {
  readonly channel: Channel;
  readonly pending: readonly PendingMessage[];
  readonly session: Session;
  readonly places: Map<string, Place>;
  readonly edit: (text: string) => void;
}

export function MessageLog({ channel, pending, session, places, edit }: MessageLogProps): JSX.Element {
  const client = useClient();
  const { key } = channel;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const keeper = useRef<ScrollKeeper | null>(null);
  const current = useRef(channel);
  current.current = channel;
  const rows = useMemo(
    () => rowsOf(channel, pending, session.sessionId),
    [channel.messages, channel.newAfterSeq, channel.notices, pending, session.sessionId],
  );
  const quiet = useQuiet(channel.loading);

  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view || !list.current) return;
    const kept = new ScrollKeeper(view, {
      moved: (atEnd) => client.viewMoved(key, atEnd && holdsEnd(current.current)),
      nearStart: () => void (current.current.hasEarlier && client.sync.loadEarlier(key)),
      nearEnd: () => void (holdsEnd(current.current) || client.sync.loadLater(key)),
    });
    keeper.current = kept;
    enterAt(kept, view, current.current, places.get(key) ?? null);
    const observer = new ResizeObserver(() => kept.keep(holdsEnd(current.current)));
    observer.observe(view);
    observer.observe(list.current);
    return () => {
      places.set(key, kept.place);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => keeper.current?.keep(holdsEnd(channel)), [rows, channel.hasEarlier]);

  const unread = unreadCount(channel);
  const atEnd = channel.atEnd && holdsEnd(channel);
  const jump = (): void => {
    const line = scroller.current?.querySelector<HTMLElement>('.row-new');
    if (line && keeper.current?.isBelow(line)) keeper.current.show(line);
    else if (holdsEnd(channel)) keeper.current?.toEnd();
    else void client.sync.loadEnd(key).then(() => keeper.current?.toEnd());
  };

  return (
    <div class="log-frame">
      <div
        class="log"
        ref={scroller}
        role="log"
        aria-label={t('conversation.log', { channel: channel.name })}
        aria-live="polite"
        aria-relevant="additions"
        aria-busy={quiet}
        tabIndex={0}
        onScroll={() => keeper.current?.scrolled()}
      >
        <LogStart channel={channel} isEmpty={rows.length === 0} />
        <ol class="rows" ref={list}>
          {daysOf(rows).map((day) => (
            <DayView key={day.date} day={day} channel={key} session={session} edit={edit} />
          ))}
        </ol>
        {!holdsEnd(channel) && (
          <button class="button is-small load" type="button" onClick={() => void client.sync.loadLater(key)}>
            {t(channel.loading ? 'conversation.loading' : 'conversation.later')}
          </button>
        )}
      </div>
      {!atEnd && (
        <button class="button jump" type="button" onClick={jump}>
          <Icon name="down" />
          {unread > 0 ? t('conversation.newCount', { count: unread }) : t('conversation.toEnd')}
        </button>
      )}
    </div>
  );
}

/** Where a channel opens: at the first unread message, where the reader was, or at the end. */
function enterAt(keeper: ScrollKeeper, view: HTMLElement, channel: Channel, place: Place): void {
  const line = unreadCount(channel) > 0 ? view.querySelector<HTMLElement>('.row-new') : null;
  const row = place && view.querySelector<HTMLElement>(`[data-row="${CSS.escape(place.row)}"]`);
  keeper.toEnd();
  if (line && !keeper.isBelow(line)) keeper.show(line);
  else if (row) keeper.show(row, place.top);
  else keeper.scrolled();
}

/** What stands above the first row: earlier messages, the channel's beginning, or that nothing was said yet. */
function LogStart({ channel, isEmpty }: { readonly channel: Channel; readonly isEmpty: boolean }): JSX.Element {
  const client = useClient();
  const { name } = channel;
  if (channel.hasEarlier) {
    return (
      <button class="button is-small load" type="button" onClick={() => void client.sync.loadEarlier(channel.key)}>
        {t(channel.loading ? 'conversation.loading' : 'conversation.earlier')}
      </button>
    );
  }
  if (!isEmpty) return <p class="log-start">{t('conversation.start', { channel: name })}</p>;
  if (channel.phase !== 'live') return <p class="log-start">{t('conversation.entering', { channel: name })}</p>;
  return (
    <div class="empty">
      <h2>{t('conversation.empty.title')}</h2>
      <p>{t('conversation.empty.text', { channel: name })}</p>
    </div>
  );
}

/** True while history is loaded and right after, when its rows appear: a screen reader is not to read them out. */
function useQuiet(loading: boolean): boolean {
  const [settling, setSettling] = useState(false);
  useEffect(() => {
    if (loading) return setSettling(true);
    const timer = setTimeout(() => setSettling(false), 200);
    return () => clearTimeout(timer);
  }, [loading]);
  return loading || settling;
}
