import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { operations } from '../api/operations';
import type { Setting, SettingSource, SettingsReload } from '../api/types';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { ErrorNotice } from '../components/errorNotice';
import { Loaded } from '../components/loaded';
import { ScreenHead } from '../components/screen';
import { useAction, useResource } from '../components/useResource';
import { t, type TextKey } from '../i18n';
import type { Route } from '../state/route';

export function SettingsScreen({ route }: { readonly route: Route }): JSX.Element {
  const { api } = useConsole();
  const action = useAction();
  const [reloaded, setReloaded] = useState<SettingsReload | null>(null);
  const settings = useResource('settings', (signal) => api.all(operations.listSettings, { signal }), []);
  return (
    <>
      <ScreenHead title={t('screen.settings')} lead={t('settings.lead')}>
        <button
          class="button" type="button" disabled={action.busy}
          onClick={() => void action.run(async () => {
            setReloaded(await api.call(operations.reloadSettings));
            settings.reload();
          })}
        >
          {action.busy ? t('action.busy') : t('settings.reload')}
        </button>
      </ScreenHead>
      <ErrorNotice error={action.error} kept={t('error.nothingChanged')} />
      <div role="status">{reloaded && <Reloaded result={reloaded} />}</div>
      <Loaded of={settings}>
        {({ items }) => (
          <DataTable
            label={t('screen.settings')} rows={items} columns={columns()} rowKey={({ key }) => key} sort={{ column: 'key', descending: false }}
            empty={t('settings.none')} find={route.filters['find'] ?? ''}
          />
        )}
      </Loaded>
    </>
  );
}

function Reloaded({ result: { applied, needsRestart, faults } }: { readonly result: SettingsReload }): JSX.Element {
  const parts: readonly (readonly [TextKey, readonly string[]])[] = [
    ['settings.faults', faults], ['settings.applied', applied], ['settings.needsRestart', needsRestart],
  ];
  const told = parts.filter(([, keys]) => keys.length > 0);
  return (
    <div class={faults.length > 0 ? 'notice is-error' : 'notice'}>
      <div class="notice-text">
        {told.length === 0 && <p>{t('settings.unchanged')}</p>}
        {told.map(([title, keys]) => (
          <div key={title}>
            <p>{t(title)}</p>
            <ul>{keys.map((key) => <li key={key}><code>{key}</code></li>)}</ul>
          </div>
        ))}
      </div>
    </div>
  );
}

const sourceText = (source: SettingSource): string => t(`settings.source.${source}`);

const columns = (): readonly Column<Setting>[] => [
  { id: 'key', label: t('settings.key'), cell: ({ key }) => key, view: ({ key }) => <code>{key}</code> },
  {
    id: 'value', label: t('settings.value'), cell: ({ value, secret }) => (secret ? null : value),
    view: ({ value, secret }) => (secret ? <em>{t('settings.secret')}</em> : value === null ? null : <code>{value}</code>),
  },
  { id: 'source', label: t('settings.source'), cell: ({ source }) => sourceText(source), view: ({ source }) => <span class={source === 'default' ? 'is-default' : 'badge'}>{sourceText(source)}</span> },
  { id: 'restart', label: t('settings.restart'), cell: ({ restart }) => (restart ? t('settings.restart.yes') : t('settings.restart.no')) },
];
