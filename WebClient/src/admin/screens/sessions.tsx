import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { connectionEvents } from '../api/live';
import { operations } from '../api/operations';
import type { SessionInfo } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole, useMay } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { Kind, When } from '../components/facts';
import { Select } from '../components/form';
import { Loaded } from '../components/loaded';
import { filterBy, Link } from '../components/navigation';
import { ScreenHead } from '../components/screen';
import { useResource } from '../components/useResource';
import { t } from '../i18n';
import type { Route } from '../state/route';
import { Channels } from './connections';

export function SessionsScreen({ route: { filters } }: { readonly route: Route }): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const { kind = '', username = '', channel = '' } = filters;
  const sessions = useResource(
    [kind, username, channel].join('\n'),
    (signal) => api.all(operations.listSessions, { query: { kind, username, channel }, signal }),
    [...connectionEvents, 'audit'],
  );
  const [ending, setEnding] = useState<SessionInfo | null>(null);
  const mayEnd = useMay()('moderation:write');
  const other = [['username', username], ['channel', channel]].filter(([, value]) => value !== '');
  return (
    <>
      <ScreenHead title={t('screen.sessions')} lead={t('sessions.lead')} />
      <div class="filters" role="group" aria-label={t('filters')}>
        <Select
          label={t('connections.kind')} value={kind} changed={(value) => filterBy({ kind: value })}
          choices={[{ value: '', label: t('filters.all') }, { value: 'web', label: t('kind.web') }, { value: 'native', label: t('kind.native') }]}
        />
        {other.map(([name = '', value = '']) => (
          <button key={name} class="button is-small" type="button" onClick={() => filterBy({ [name]: '' })}>
            {t('filters.remove', { filter: value })}
          </button>
        ))}
      </div>
      <Loaded of={sessions}>
        {({ items, more }) => (
          <DataTable
            label={t('screen.sessions')} rows={items} more={more} columns={columnsOf(mayEnd ? setEnding : null)} rowKey={({ id }) => id} empty={t('sessions.none')}
          />
        )}
      </Loaded>
      {ending && (
        <ConfirmDialog
          title={t('sessions.end.title', { name: ending.username })} confirm={t('sessions.end')} closed={() => setEnding(null)}
          run={async () => {
            await api.call(operations.endSession, { path: { id: ending.id } });
            sessions.reload();
            console.done(t('sessions.ended', { name: ending.username }));
          }}
        >
          <p>{t('sessions.end.connections', { count: ending.connectionIds.length })} {t('sessions.end.channels', { count: ending.channels.length })}</p>
          <p>{t(ending.operator ? 'sessions.end.operator' : 'sessions.end.text')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

const columnsOf = (end: ((session: SessionInfo) => void) | null): readonly Column<SessionInfo>[] => [
  {
    id: 'user', label: t('connections.user'), cell: ({ username }) => username,
    view: ({ username, connectionIds }) => (connectionIds.length === 0 ? username : <Link to="connections" filters={{ username }}>{username}</Link>),
  },
  { id: 'kind', label: t('connections.kind'), cell: ({ origin }) => origin, view: ({ origin }) => <Kind origin={origin} /> },
  { id: 'presence', label: t('channel.presence'), cell: ({ presence }) => presence, view: ({ presence }) => t(`presence.${presence}`) },
  { id: 'operator', label: t('channel.operator'), cell: ({ operator }) => (operator ? t('yes') : null) },
  { id: 'channels', label: t('connections.channels'), cell: ({ channels }) => channels.join(', '), view: ({ channels }) => <Channels names={channels} /> },
  {
    id: 'addresses', label: t('sessions.addresses'), cell: ({ addresses }) => addresses.join(', '),
    view: ({ addresses }) => (addresses.length === 0 ? null : <code class="address">{addresses.join(', ')}</code>),
  },
  { id: 'connections', label: t('screen.connections'), cell: ({ connectionIds }) => connectionIds.length, numeric: true },
  { id: 'muted', label: t('sessions.muted'), cell: ({ mutedUntil }) => mutedUntil, view: ({ mutedUntil }) => <MutedUntil at={mutedUntil} /> },
  { id: 'since', label: t('sessions.since'), cell: ({ startedAt }) => startedAt, view: ({ startedAt }) => <When at={startedAt} /> },
  ...(end === null ? [] : [{
    id: 'end', label: t('table.actions'),
    view: (session: SessionInfo) => (
      <button class="button is-small is-danger" type="button" aria-label={t('sessions.end.of', { name: session.username })} onClick={() => end(session)}>
        {t('sessions.end')}
      </button>
    ),
  }]),
];

/** The API says the end of the year 9999 for a mute that ends when it is lifted. */
function MutedUntil({ at }: { readonly at: string | null }): JSX.Element | null {
  if (at === null) return null;
  return at.startsWith('9999-') ? <>{t('sanctions.endless')}</> : <When at={at} />;
}
