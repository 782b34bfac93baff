import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { Sanction, SanctionKind } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { When } from '../components/facts';
import { Loaded } from '../components/loaded';
import { filterBy } from '../components/navigation';
import { ScreenHead, Section } from '../components/screen';
import { useResource } from '../components/useResource';
import { t } from '../i18n';
import type { Route } from '../state/route';
import { SanctionDialog } from './sanctionDialog';
import { SanctionTest } from './sanctionTest';

export const sanctionOperations = {
  ban: { list: operations.listBans, create: operations.createBan, preview: operations.previewBan, lift: operations.liftBan },
  mute: { list: operations.listMutes, create: operations.createMute, preview: operations.previewMute, lift: operations.liftMute },
} as const;

export function SanctionsScreen({ route: { filters } }: { readonly route: Route }): JSX.Element {
  const creating: SanctionKind | null = filters['new'] === 'ban' || filters['new'] === 'mute' ? filters['new'] : null;
  const [version, setVersion] = useState(0);
  return (
    <>
      <ScreenHead title={t('screen.sanctions')} lead={t('sanctions.lead')}>
        <button class="button is-primary" type="button" onClick={() => filterBy({ new: 'ban' })}>{t('sanctions.ban.new')}</button>
        <button class="button" type="button" onClick={() => filterBy({ new: 'mute' })}>{t('sanctions.mute.new')}</button>
      </ScreenHead>
      <Section title={t('sanctions.test')}><SanctionTest /></Section>
      {(['ban', 'mute'] as const).map((kind) => <List key={kind} kind={kind} version={version} />)}
      {creating && (
        <SanctionDialog
          kind={creating} username={filters['username'] ?? ''} network={filters['network'] ?? ''}
          done={() => setVersion(version + 1)} closed={() => filterBy({ new: '', username: '', network: '' })}
        />
      )}
    </>
  );
}

function List({ kind, version }: { readonly kind: SanctionKind; readonly version: number }): JSX.Element {
  const console = useConsole();
  const calls = sanctionOperations[kind];
  const list = useResource(`${kind}${version}`, (signal) => console.api.all(calls.list, { signal }), ['audit']);
  const [lifting, setLifting] = useState<Sanction | null>(null);
  const lift = async ({ id, username, network, channel, reason, until }: Sanction): Promise<void> => {
    await console.api.call(calls.lift, { path: { id } });
    list.reload();
    console.done(t('sanctions.lifted', { whom: whomOf({ username, network }) }), async () => {
      await console.api.call(calls.create, { body: given({ username, network, channel, reason, until }) });
      list.reload();
    });
  };
  return (
    <Section title={t(`sanctions.${kind}`)}>
      <Loaded of={list}>
        {({ items, more }) => (
          <DataTable label={t(`sanctions.${kind}`)} rows={items} more={more} columns={columnsOf(setLifting)} rowKey={({ id }) => id} empty={t(`sanctions.${kind}.none`)} />
        )}
      </Loaded>
      {lifting && (
        <ConfirmDialog
          title={t('sanctions.lift.title', { whom: whomOf(lifting) })} confirm={t('sanctions.lift')} danger={false} closed={() => setLifting(null)}
          run={() => lift(lifting)}
        >
          <p>{t('sanctions.lift.text', { reason: lifting.reason, by: lifting.by })}</p>
        </ConfirmDialog>
      )}
    </Section>
  );
}

export const whomOf = ({ username, network }: Pick<Sanction, 'username' | 'network'>): string => [username, network].filter((part) => part).join(', ');

/** What of a body is not empty: the API refuses members that say nothing. */
export const given = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined && value !== ''));

const columnsOf = (lift: (sanction: Sanction) => void): readonly Column<Sanction>[] => [
  { id: 'username', label: t('sanctions.username'), cell: ({ username }) => username },
  { id: 'network', label: t('sanctions.network'), cell: ({ network }) => network, view: ({ network }) => (network === null ? null : <code>{network}</code>) },
  { id: 'channel', label: t('sanctions.channel'), cell: ({ channel }) => channel ?? t('sanctions.everywhere') },
  { id: 'reason', label: t('sanctions.reason'), cell: ({ reason }) => reason },
  { id: 'by', label: t('sanctions.by'), cell: ({ by }) => by },
  { id: 'from', label: t('sanctions.from'), cell: ({ from }) => from, view: ({ from }) => <When at={from} /> },
  { id: 'until', label: t('sanctions.until'), cell: ({ until }) => until, view: ({ until }) => <When at={until} none={t('sanctions.endless')} /> },
  {
    id: 'lift', label: t('table.actions'),
    view: (sanction) => (
      <button class="button is-small" type="button" aria-label={t('sanctions.lift.of', { whom: whomOf(sanction) })} onClick={() => lift(sanction)}>{t('sanctions.lift')}</button>
    ),
  },
];
