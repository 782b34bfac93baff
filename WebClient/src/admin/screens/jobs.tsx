import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { addressOf, operations } from '../api/operations';
import type { BackupInfo, Job } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole, useMay } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { When } from '../components/facts';
import { Checkbox } from '../components/form';
import { Loaded } from '../components/loaded';
import { Meter } from '../components/meter';
import { ScreenHead, Section } from '../components/screen';
import { useResource, type Resource } from '../components/useResource';
import { formatSize, t } from '../i18n';

const isAtWork = ({ state }: Job): boolean => state === 'queued' || state === 'running';

export function JobsScreen(): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const jobs = useResource('jobs', (signal) => api.all(operations.listJobs, { signal }), ['job']);
  const mayBackUp = useMay()('backups:write');
  const backups = useResource(
    'backups', async (signal): Promise<BackupList> => (mayBackUp ? api.all(operations.listBackups, { signal }) : { items: [], more: false }), ['job', 'audit']);
  const [starting, setStarting] = useState(false);
  const [withSecrets, setWithSecrets] = useState(false);
  const [cancelling, setCancelling] = useState<Job | null>(null);
  const [deleting, setDeleting] = useState<BackupInfo | null>(null);
  return (
    <>
      <ScreenHead title={t('screen.jobs')} lead={t('jobs.lead')}>
        {mayBackUp && <button class="button is-primary" type="button" onClick={() => setStarting(true)}>{t('backups.start')}</button>}
      </ScreenHead>
      <Section title={t('jobs.title')}>
        <Loaded of={jobs}>
          {({ items }) => (
            <DataTable label={t('jobs.title')} rows={[...items].reverse()} columns={jobColumns(setCancelling)} rowKey={({ id }) => id} empty={t('jobs.none')} plain />
          )}
        </Loaded>
      </Section>
      {mayBackUp && <Backups backups={backups} remove={setDeleting} />}
      {starting && (
        <ConfirmDialog
          title={t('backups.start')} confirm={t('backups.start')} danger={false} closed={() => setStarting(false)}
          run={async () => {
            await api.call(operations.startBackup, { body: { withSecrets } });
            jobs.reload();
            console.done(t('backups.started'));
          }}
        >
          <p>{t('backups.text')}</p>
          <Checkbox label={t('backups.withSecrets')} hint={t('backups.withSecrets.hint')} checked={withSecrets} changed={setWithSecrets} />
        </ConfirmDialog>
      )}
      {cancelling && (
        <ConfirmDialog
          title={t('jobs.cancel.title', { kind: cancelling.kind })} confirm={t('jobs.cancel')} closed={() => setCancelling(null)}
          run={async () => {
            await api.call(operations.cancelJob, { path: { id: cancelling.id } });
            jobs.reload();
          }}
        >
          <p>{t('jobs.cancel.text', { percent: Math.round(cancelling.progress * 100) })}</p>
        </ConfirmDialog>
      )}
      {deleting && (
        <ConfirmDialog
          title={t('backups.delete.title')} confirm={t('backups.delete')} word={deleting.name} closed={() => setDeleting(null)}
          run={async () => {
            await api.call(operations.deleteBackup, { path: { name: deleting.name } });
            backups.reload();
            console.done(t('backups.deleted', { name: deleting.name }));
          }}
        >
          <p>{t('backups.delete.text', { name: deleting.name, size: formatSize(deleting.size) })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

interface BackupList {
  readonly items: readonly BackupInfo[];
  readonly more: boolean;
}

function Backups({ backups, remove }: { readonly backups: Resource<BackupList>; readonly remove: (backup: BackupInfo) => void }): JSX.Element {
  return (
    <Section title={t('backups.title')}>
      <Loaded of={backups}>
        {({ items, more }) => (
          <DataTable
            label={t('backups.title')} rows={items} more={more} columns={backupColumns(remove)} rowKey={({ name }) => name} empty={t('backups.none')} plain
            sort={{ column: 'created', descending: true }}
          />
        )}
      </Loaded>
    </Section>
  );
}

const jobColumns = (cancel: (job: Job) => void): readonly Column<Job>[] => [
  { id: 'kind', label: t('jobs.kind'), cell: ({ kind }) => kind },
  { id: 'state', label: t('jobs.state'), cell: ({ state }) => t(`jobs.state.${state}`), view: ({ state }) => <span class={`badge is-${state}`}>{t(`jobs.state.${state}`)}</span> },
  { id: 'progress', label: t('jobs.progress'), cell: ({ progress }) => progress, view: (job) => <Meter label={t('jobs.progress.of', { kind: job.kind })} share={job.progress} /> },
  { id: 'created', label: t('jobs.created'), cell: ({ createdAt }) => createdAt, view: ({ createdAt }) => <When at={createdAt} /> },
  { id: 'ended', label: t('jobs.ended'), cell: ({ endedAt }) => endedAt, view: ({ endedAt }) => <When at={endedAt} /> },
  {
    id: 'result', label: t('jobs.result'), cell: ({ result, error }) => error ?? result,
    view: ({ result, error }) => (error !== null ? <span class="is-error">{error}</span> : result === null ? null : <JobResult result={result} />),
  },
  {
    id: 'cancel', label: t('table.actions'),
    view: (job) => (isAtWork(job)
      ? <button class="button is-small" type="button" aria-label={t('jobs.cancel.of', { kind: job.kind })} onClick={() => cancel(job)}>{t('jobs.cancel')}</button>
      : null),
  },
];

/** What a job made is a file to download, or words. */
const JobResult = ({ result }: { readonly result: string }): JSX.Element =>
  (result.startsWith('/api/v1/backups/') ? <a href={result} download>{t('jobs.download')}</a> : <code>{result}</code>);

const backupColumns = (remove: (backup: BackupInfo) => void): readonly Column<BackupInfo>[] => [
  {
    id: 'name', label: t('backups.name'), cell: ({ name }) => name,
    view: ({ name }) => <a href={addressOf(operations.downloadBackup, { name })} download={name}>{name}</a>,
  },
  { id: 'size', label: t('backups.size'), cell: ({ size }) => size, view: ({ size }) => formatSize(size), numeric: true },
  { id: 'created', label: t('jobs.created'), cell: ({ createdAt }) => createdAt, view: ({ createdAt }) => <When at={createdAt} /> },
  {
    id: 'delete', label: t('table.actions'),
    view: (backup) => <button class="button is-small" type="button" aria-label={t('backups.delete.of', { name: backup.name })} onClick={() => remove(backup)}>{t('backups.delete')}</button>,
  },
];
