import type { JSX } from 'preact';
import { connectionEvents } from '../api/live';
import { operations } from '../api/operations';
import type { ClientConnection } from '../api/types';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { Kind, When } from '../components/facts';
import { Select } from '../components/form';
import { Loaded } from '../components/loaded';
import { filterBy, Link } from '../components/navigation';
import { ScreenHead } from '../components/screen';
import { useResource } from '../components/useResource';
import { formatSize, t } from '../i18n';
import type { Route } from '../state/route';

const states = ['connecting', 'idle', 'awaitingVersion', 'awaitingClientInfo', 'nameRefused', 'connected', 'inChannel'] as const;

export function ConnectionsScreen({ route: { filters } }: { readonly route: Route }): JSX.Element {
  const { api } = useConsole();
  const { kind = '', state = '', username = '', channel = '' } = filters;
  const connections = useResource(
    [kind, state, username, channel].join('\n'),
    (signal) => api.all(operations.listConnections, { query: { kind, state, username, channel }, signal }),
    connectionEvents,
  );
  const other = [['username', username], ['channel', channel]].filter(([, value]) => value !== '');
  return (
    <>
      <ScreenHead title={t('screen.connections')} lead={t('connections.lead')} />
      <div class="filters" role="group" aria-label={t('filters')}>
        <Select
          label={t('connections.kind')} value={kind} changed={(value) => filterBy({ kind: value })}
          choices={[{ value: '', label: t('filters.all') }, { value: 'web', label: t('kind.web') }, { value: 'native', label: t('kind.native') }]}
        />
        <Select
          label={t('connections.state')} value={state} changed={(value) => filterBy({ state: value })}
          choices={[{ value: '', label: t('filters.all') }, ...states.map((value) => ({ value, label: value }))]}
        />
        {other.map(([name = '', value = '']) => (
          <button key={name} class="button is-small" type="button" onClick={() => filterBy({ [name]: '' })}>
            {t('filters.remove', { filter: value })}
          </button>
        ))}
      </div>
      <Loaded of={connections}>
        {({ items, more }) => (
          <DataTable label={t('screen.connections')} rows={items} more={more} columns={columns()} rowKey={({ id }) => id} empty={t('connections.none')} />
        )}
      </Loaded>
    </>
  );
}

const columns = (): readonly Column<ClientConnection>[] => [
  {
    id: 'user', label: t('connections.user'), cell: ({ username }) => username,
    view: ({ id, username }) => <Link to="connections" item={id}>{username ?? t('connections.nobody', { id })}</Link>,
  },
  { id: 'kind', label: t('connections.kind'), cell: ({ kind }) => kind, view: ({ kind }) => <Kind origin={kind} /> },
  { id: 'address', label: t('connections.address'), cell: ({ address }) => address, view: ({ address }) => (address === null ? null : <code class="address">{address}</code>) },
  { id: 'state', label: t('connections.state'), cell: ({ state }) => state },
  { id: 'tls', label: t('connections.tls'), cell: ({ tls }) => tls, view: ({ tls }) => tls ?? t('connections.plain') },
  { id: 'byteOrder', label: t('connections.byteOrder'), cell: ({ byteOrder }) => byteOrder },
  { id: 'channels', label: t('connections.channels'), cell: ({ channels }) => channels.join(', '), view: ({ channels }) => <Channels names={channels} /> },
  { id: 'lastPoll', label: t('connections.lastPoll'), cell: ({ lastPollAt }) => lastPollAt, view: ({ lastPollAt }) => <When at={lastPollAt} /> },
  { id: 'backlog', label: t('connections.backlog'), cell: ({ backlog }) => backlog, numeric: true },
  { id: 'bytes', label: t('connections.bytesOut'), cell: ({ bytesOut }) => bytesOut, view: ({ bytesOut }) => formatSize(bytesOut), numeric: true },
  { id: 'since', label: t('connections.since'), cell: ({ connectedAt }) => connectedAt, view: ({ connectedAt }) => <When at={connectedAt} /> },
];

export function Channels({ names }: { readonly names: readonly string[] }): JSX.Element | null {
  if (names.length === 0) return null;
  return <>{names.map((name, i) => <span key={name}>{i > 0 && ', '}<Link to="channels" item={name}>{name}</Link></span>)}</>;
}
