import type { JSX } from 'preact';
import { formatDay, t } from '../i18n';
import type { ChannelKey, Session } from '../state/chatState';
import { areSameRows, chunksOf } from '../state/chunks';
import type { Day, DayRow } from '../state/rows';
import { memo } from './memo';
import { RowView } from './rowView';

interface DayViewProps {
  readonly day: Day;
  /** Messages behind this seq came at the end. */
  readonly tailAfter: number;
  readonly channel: ChannelKey;
  readonly session: Session;
  readonly edit: (text: string) => void;
}

/** One day of the conversation. Its heading sticks to the top as far as the day reaches, so the next day's pushes it out. */
export function DayView({ day, tailAfter, channel, session, edit }: DayViewProps): JSX.Element {
  return (
    <li class="day">
      {day.date !== '' && (
        <h2 class="day-heading">
          <time dateTime={day.date}>{dayText(day.date)}</time>
        </h2>
      )}
      {chunksOf(day.rows, tailAfter).map(({ key, rows }) => (
        <ChunkView key={key} rows={rows} channel={channel} session={session} edit={edit} />
      ))}
    </li>
  );
}

interface ChunkViewProps {
  readonly rows: readonly DayRow[];
  readonly channel: ChannelKey;
  readonly session: Session;
  readonly edit: (text: string) => void;
}

const ChunkView = memo(
  ({ rows, channel, session, edit }: ChunkViewProps) => (
    <ol class="chunk">
      {rows.map((row) => (
        <RowView key={row.key} row={row} channel={channel} session={session} edit={edit} />
      ))}
    </ol>
  ),
  { rows: areSameRows },
);

function dayText(date: string): string {
  const day = new Date(`${date}T12:00`);
  const daysAgo = Math.round((new Date().setHours(12, 0, 0, 0) - day.getTime()) / 86_400_000);
  if (daysAgo === 0) return t('conversation.today');
  return daysAgo === 1 ? t('conversation.yesterday') : formatDay(day.getTime());
}
