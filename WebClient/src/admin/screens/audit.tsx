import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { addressOf, operations } from '../api/operations';
import type { AuditItem } from '../api/types';
import { useConsole } from '../components/console';
import { ErrorNotice } from '../components/errorNotice';
import { When } from '../components/facts';
import { Input } from '../components/form';
import { DataTable, type Column } from '../components/dataTable';
import { Loaded } from '../components/loaded';
import { filterBy } from '../components/navigation';
import { ScreenHead } from '../components/screen';
import { useAction, useResource } from '../components/useResource';
import { t } from '../i18n';
import { differences } from '../state/audit';
import type { Route } from '../state/route';

const names = ['actor', 'action', 'target', 'from', 'until'] as const;
type Filters = Readonly<Record<(typeof names)[number], string>>;

/** A time of the form's, in the reader's own zone, as the API takes it. */
const utc = (local: string): string => (local === '' ? '' : new Date(local).toISOString());

export function AuditScreen({ route }: { readonly route: Route }): JSX.Element {
  const { api } = useConsole();
  const filters = Object.fromEntries(names.map((name) => [name, route.filters[name] ?? ''])) as Filters;
  const query = { ...filters, from: utc(filters.from), until: utc(filters.until) };
  const key = JSON.stringify(query);
  const newest = useResource(key, (signal) => api.call(operations.listAudit, { query: { ...query, limit: 50 }, signal }), ['audit']);
  const [older, setOlder] = useState<readonly AuditItem[]>([]);
  const [next, setNext] = useState<string | null | undefined>(undefined);
  const action = useAction();
  useEffect(() => {
    setOlder([]);
    setNext(undefined);
  }, [key]);
  const cursor = next === undefined ? (newest.data?.next ?? null) : next;
  return (
    <>
      <ScreenHead title={t('screen.audit')} lead={t('audit.lead')}>
        <a class="button" href={addressOf(operations.exportAudit, {}, query)} download="audit.jsonl">{t('audit.export')}</a>
      </ScreenHead>
      <Filter key={key} filters={filters} />
      <Loaded of={newest}>
        {({ items }) => {
          const shown = new Set(items.map(({ id }) => id));
          return (
            <DataTable
              label={t('screen.audit')} rows={[...items, ...older.filter(({ id }) => !shown.has(id))]} columns={columns()} rowKey={({ id }) => id} empty={t('audit.none')}
            />
          );
        }}
      </Loaded>
      <ErrorNotice error={action.error} />
      {cursor !== null && (
        <button
          class="button" type="button" disabled={action.busy}
          onClick={() => void action.run(async () => {
            const page = await api.call(operations.listAudit, { query: { ...query, after: cursor, limit: 50 } });
            setOlder([...older, ...page.items]);
            setNext(page.next ?? null);
          })}
        >
          {action.busy ? t('action.busy') : t('audit.older')}
        </button>
      )}
    </>
  );
}

function Filter({ filters }: { readonly filters: Filters }): JSX.Element {
  const [form, setForm] = useState(filters);
  return (
    <form
      class="form is-wide" role="search" aria-label={t('filters')}
      onSubmit={(event) => {
        event.preventDefault();
        filterBy(form);
      }}
    >
      <div class="columns">
        {names.map((name) => (
          <Input
            key={name} label={t(`audit.${name}`)} type={name === 'from' || name === 'until' ? 'datetime-local' : 'text'} value={form[name]}
            changed={(value) => setForm({ ...form, [name]: value })}
          />
        ))}
        <button class="button" type="submit">{t('audit.filter')}</button>
      </div>
    </form>
  );
}

const columns = (): readonly Column<AuditItem>[] => [
  { id: 'at', label: t('audit.at'), cell: ({ at }) => at, view: ({ at }) => <When at={at} /> },
  { id: 'actor', label: t('audit.actor'), cell: ({ actor }) => actor },
  { id: 'action', label: t('audit.action'), cell: ({ action }) => action, view: ({ action }) => <code>{action}</code> },
  { id: 'target', label: t('audit.target'), cell: ({ target }) => target },
  { id: 'change', label: t('audit.change'), cell: (entry) => differences(entry.before, entry.after).map(({ name, before, after }) => `${name} ${before} ${after}`).join(' '), view: (entry) => <Change entry={entry} /> },
  { id: 'address', label: t('connections.address'), cell: ({ address }) => address, view: ({ address }) => (address === null ? null : <code class="address">{address}</code>) },
  { id: 'request', label: t('audit.request'), cell: ({ requestId }) => requestId, view: ({ requestId }) => (requestId === null ? null : <code class="request">{requestId}</code>) },
];

function Change({ entry: { before, after } }: { readonly entry: AuditItem }): JSX.Element | null {
  const changed = differences(before, after);
  if (changed.length === 0) return null;
  return (
    <ul class="changes">
      {changed.map((it) => (
        <li key={it.name}>
          {it.name !== '' && <strong>{it.name}: </strong>}
          {it.before !== null && <del>{it.before}</del>} {it.after !== null && <ins>{it.after}</ins>}
        </li>
      ))}
    </ul>
  );
}
