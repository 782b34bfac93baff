import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Channel, PendingMessage, Session } from '../state/chatState';
import { unreadCount } from '../state/reading';
import { tailOf, type Tail } from '../state/chunks';
import { daysOf, rowsOf, withoutHidden } from '../state/rows';
import { holdsEnd } from '../state/timeline';
import { arrangement } from './arrangement';
import { useClient } from './clientContext';
import { copyMessages } from './copying';
import { DayView } from './dayView';
import { useStore } from './hooks';
import { Icon } from './icons';
import { bringTo } from './landing';
import { keepFocus, openByButton, openByTouch } from './longPress';
import { LogEnd, LogStart, Missing } from './logEdges';
import { logKeyHandler } from './logKeys';
import { preferences } from './preferences';
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
  const { comings } = useStore(preferences.store);
  const { hidden } = useStore(arrangement.store);
  const rows = useMemo(
    () => withoutHidden(rowsOf(channel, pending, session.sessionId, comings), hidden),
    [
      channel.messages, channel.hasLater, channel.hasEarlier, channel.newAfterSeq, channel.notices, channel.comings, comings, channel.changes, pending, session.sessionId, hidden,
    ],
  );
  const days = useMemo(() => daysOf(rows), [rows]);
  const tail = useRef<Tail | null>(null);
  tail.current = tailOf(tail.current, channel);
  const { afterSeq } = tail.current;
  const loading = channel.loading || channel.goal?.ready === false;
  const quiet = useQuiet(loading);

  useLayoutEffect(() => {
    const view = scroller.current;
    if (!view || !list.current) return;
    const kept = new ScrollKeeper(view, {
      moved: (atEnd) => client.viewMoved(key, atEnd && holdsEnd(current.current)),
      nearStart: () => void (current.current.hasEarlier && client.sync.loadEarlier(key)),
      nearEnd: () => void (holdsEnd(current.current) || client.sync.loadLater(key)),
    });
    keeper.current = kept;
    enterAt(kept, view, places.get(key) ?? null);
    const observer = new ResizeObserver(() => kept.keep(holdsEnd(current.current)));
    observer.observe(view);
    observer.observe(list.current);
    return () => {
      places.set(key, kept.place);
      observer.disconnect();
    };
  }, []);
  useLayoutEffect(() => keeper.current?.keep(holdsEnd(channel)), [rows, channel.hasEarlier]);
  useLayoutEffect(() => {
    const { goal } = channel;
    if (!goal?.ready || !keeper.current || !scroller.current) return;
    client.arrived(key, goal);
    bringTo(goal, scroller.current, keeper.current);
  }, [channel.goal]);

  const unread = unreadCount(channel, session.sessionId);
  const atEnd = channel.atEnd && holdsEnd(channel);
  const jump = (): void => {
    if (unread > 0 && isLineAhead(channel, scroller.current, keeper.current)) client.sync.goToUnread(key);
    else client.sync.goToEnd(key);
  };
  const onKeyDown = useMemo(() => logKeyHandler(client, key), [client, key]);

  return (
    <div class="log-frame">
      <Missing channel={channel} />
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
        onKeyDown={onKeyDown}
        onContextMenu={openByTouch}
        onMouseDown={keepFocus}
        onClick={openByButton}
        onCopy={(event) => copyMessages(event, event.currentTarget, rows, session.username)}
      >
        <LogStart channel={channel} isEmpty={!rows.some((row) => row.kind === 'message')} loading={loading} />
        <ol class="rows" ref={list}>
          {days.map((day) => (
            <DayView key={day.date} day={day} tailAfter={afterSeq} channel={key} session={session} edit={edit} />
          ))}
        </ol>
        <LogEnd channel={channel} loading={loading} />
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

/** Where a channel opens: where the reader was, or at the end. Unread messages and links bring the reader elsewhere from there. */
function enterAt(keeper: ScrollKeeper, view: HTMLElement, place: Place): void {
  const row = place && view.querySelector<HTMLElement>(`[data-row="${CSS.escape(place.row)}"]`);
  keeper.toEnd();
  if (row) keeper.show(row, place.top);
  else keeper.scrolled();
}

/** Whether the line "new" is further down than the view, held or not. */
function isLineAhead(channel: Channel, view: HTMLElement | null, keeper: ScrollKeeper | null): boolean {
  const line = view?.querySelector<HTMLElement>('.row-new');
  if (line) return keeper?.isBelow(line) ?? false;
  return (channel.newAfterSeq ?? channel.readSeq) >= (channel.messages.at(-1)?.seq ?? 0);
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
