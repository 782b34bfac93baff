import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../../view/dialog';
import { operations } from '../api/operations';
import type { ApiKey } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { ErrorNotice } from '../components/errorNotice';
import { When } from '../components/facts';
import { Checkbox, Duration, Input } from '../components/form';
import { Loaded } from '../components/loaded';
import { ScreenHead } from '../components/screen';
import { useAction, useResource } from '../components/useResource';
import { t } from '../i18n';

export function KeysScreen(): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const keys = useResource('keys', (signal) => api.all(operations.listKeys, { signal }), ['audit']);
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<ApiKey | null>(null);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  return (
    <>
      <ScreenHead title={t('screen.keys')} lead={t('keys.lead')}>
        <button class="button is-primary" type="button" onClick={() => setCreating(true)}>{t('keys.create')}</button>
      </ScreenHead>
      <Loaded of={keys}>
        {({ items, more }) => (
          <DataTable label={t('screen.keys')} rows={items} more={more} columns={columnsOf(setRevoking)} rowKey={({ id }) => id} empty={t('keys.none')} />
        )}
      </Loaded>
      {creating && (
        <CreateKey
          closed={() => setCreating(false)}
          done={(key) => {
            setMade(key);
            keys.reload();
          }}
        />
      )}
      {made && <Secret made={made} closed={() => setMade(null)} />}
      {revoking && (
        <ConfirmDialog
          title={t('keys.revoke.title', { name: revoking.name })} confirm={t('keys.revoke')} word={revoking.name} closed={() => setRevoking(null)}
          run={async () => {
            await api.call(operations.revokeKey, { path: { id: revoking.id } });
            keys.reload();
            console.done(t('keys.revoked', { name: revoking.name }));
          }}
        >
          <p>{t('keys.revoke.text', { count: revoking.scopes.length })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

const columnsOf = (revoke: (key: ApiKey) => void): readonly Column<ApiKey>[] => [
  { id: 'name', label: t('keys.name'), cell: ({ name }) => name },
  {
    id: 'scopes', label: t('keys.scopes'), cell: ({ scopes }) => scopes.join(' '),
    view: ({ scopes }) => <span class="marks">{scopes.map((scope) => <span key={scope} class="badge">{scope}</span>)}</span>,
  },
  { id: 'expires', label: t('keys.expires'), cell: ({ expiresAt }) => expiresAt, view: ({ expiresAt }) => <When at={expiresAt} none={t('keys.never')} /> },
  { id: 'used', label: t('keys.used'), cell: ({ lastUsedAt }) => lastUsedAt, view: ({ lastUsedAt }) => <When at={lastUsedAt} none={t('keys.notUsed')} /> },
  { id: 'created', label: t('keys.created'), cell: ({ createdAt }) => createdAt, view: ({ createdAt, createdBy }) => <><When at={createdAt} /> {createdBy}</> },
  {
    id: 'revoke', label: t('table.actions'),
    view: (key) => (key.revokedAt !== null
      ? <>{t('keys.revokedAt')} <When at={key.revokedAt} /></>
      : <button class="button is-small" type="button" aria-label={t('keys.revoke.of', { name: key.name })} onClick={() => revoke(key)}>{t('keys.revoke')}</button>),
  },
];

function CreateKey({ closed, done }: { readonly closed: () => void; readonly done: (key: ApiKey) => void }): JSX.Element {
  const { api } = useConsole();
  const scopes = useResource('scopes', (signal) => api.all(operations.listScopes, { signal }), []);
  const action = useAction();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [minutes, setMinutes] = useState<number | null>(30 * 1440);
  return (
    <Dialog title={t('keys.create')} closed={closed}>
      {(close) => (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void action.run(async () => {
              const expiresAt = minutes === null ? {} : { expiresAt: new Date(Date.now() + minutes * 60_000).toISOString() };
              const key = await api.call(operations.createKey, { body: { name: name.trim(), scopes: chosen, ...expiresAt } });
              close();
              done(key);
            });
          }}
        >
          <Input label={t('keys.name')} hint={t('keys.name.hint')} value={name} changed={setName} required maxLength={64} />
          <Duration label={t('keys.length')} minutes={minutes} changed={setMinutes} endless={t('keys.never')} />
          <fieldset class="group">
            <legend>{t('keys.scopes')}</legend>
            <Loaded of={scopes}>
              {({ items }) => (
                <div class="scopes">
                  {items.map((scope) => (
                    <Checkbox
                      key={scope.name} label={<code>{scope.name}</code>} hint={scope.text} checked={chosen.includes(scope.name)}
                      changed={(on) => setChosen(on ? [...chosen, scope.name] : chosen.filter((other) => other !== scope.name))}
                    />
                  ))}
                </div>
              )}
            </Loaded>
          </fieldset>
          <ErrorNotice error={action.error} kept={t('error.formKept')} />
          <div class="actions">
            <button class="button is-quiet" type="button" onClick={close}>{t('action.cancel')}</button>
            <button class="button is-primary" type="submit" disabled={action.busy || chosen.length === 0}>{action.busy ? t('action.busy') : t('keys.create')}</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** The only time that the secret is shown: it is nowhere afterwards, not on the server either. */
function Secret({ made, closed }: { readonly made: ApiKey; readonly closed: () => void }): JSX.Element {
  const console = useConsole();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(made.secret ?? '');
      console.done(t('keys.copied'));
    } catch {
      console.failed(t('keys.notCopied'));
    }
  };
  return (
    <Dialog title={t('keys.secret.title', { name: made.name })} closed={closed}>
      {(close) => (
        <>
          <p>{t('keys.secret.text')}</p>
          <p><code class="secret" tabIndex={0}>{made.secret}</code></p>
          <div class="actions">
            <button class="button" type="button" onClick={() => void copy()}>{t('keys.copy')}</button>
            <button class="button is-primary" type="button" onClick={close}>{t('keys.secret.saved')}</button>
          </div>
        </>
      )}
    </Dialog>
  );
}
