import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dialog } from '../../view/dialog';
import { connectionEvents } from '../api/live';
import { operations } from '../api/operations';
import type { ChannelInfo } from '../api/types';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { ErrorNotice } from '../components/errorNotice';
import { When } from '../components/facts';
import { Checkbox, Input, Select } from '../components/form';
import { Loaded } from '../components/loaded';
import { filterBy, go, Link } from '../components/navigation';
import { ScreenHead } from '../components/screen';
import { useAction, useResource } from '../components/useResource';
import { t } from '../i18n';
import { pathOf, type Route } from '../state/route';

export function ChannelsScreen({ route: { filters } }: { readonly route: Route }): JSX.Element {
  const { api } = useConsole();
  const [creating, setCreating] = useState(false);
  const state = filters.state === 'closed' ? 'closed' : 'open';
  const channels = useResource(state, (signal) => api.all(operations.listChannels, { query: { state }, signal }), [...connectionEvents, 'audit']);
  return (
    <>
      <ScreenHead title={t('screen.channels')} lead={t('channels.lead')}>
        <button class="button is-primary" type="button" onClick={() => setCreating(true)}>{t('channels.create')}</button>
      </ScreenHead>
      <div class="filters" role="group" aria-label={t('filters')}>
        <Select
          label={t('channels.state')} value={state} changed={(value) => filterBy({ state: value === 'open' ? '' : value })}
          choices={(['open', 'closed'] as const).map((value) => ({ value, label: t(`channels.state.${value}`) }))}
        />
      </div>
      <Loaded of={channels}>
        {({ items, more }) => (
          <DataTable
            label={t('screen.channels')} rows={items} more={more} columns={columnsOf(state)} rowKey={({ name }) => name}
            empty={t(state === 'open' ? 'channels.none' : 'channels.none.closed')}
          />
        )}
      </Loaded>
      {creating && <CreateChannel closed={() => setCreating(false)} />}
    </>
  );
}

/** What is closed has no members and no messages: those are in the archive. */
const onlyOpen: ReadonlySet<string> = new Set(['members', 'web', 'native', 'messages', 'opened']);
const columnsOf = (state: 'open' | 'closed'): readonly Column<ChannelInfo>[] => (state === 'open' ? columns() : columns().filter(({ id }) => !onlyOpen.has(id)));

const columns = (): readonly Column<ChannelInfo>[] => [
  { id: 'name', label: t('channels.name'), cell: ({ name }) => name, view: ({ name }) => <Link to="channels" item={name}>{name}</Link> },
  { id: 'topic', label: t('channels.topic'), cell: ({ topic }) => topic },
  { id: 'members', label: t('channels.members'), cell: ({ counts }) => counts.total, numeric: true },
  { id: 'web', label: t('kind.web'), cell: ({ counts }) => counts.web, numeric: true },
  { id: 'native', label: t('kind.native'), cell: ({ counts }) => counts.native, numeric: true },
  { id: 'messages', label: t('channels.messages'), cell: ({ lastSeq }) => lastSeq, numeric: true },
  { id: 'settled', label: t('channels.settled'), cell: (channel) => marksOf(channel).join(', '), view: (channel) => <Marks channel={channel} /> },
  { id: 'opened', label: t('channels.opened'), cell: ({ openedAt }) => openedAt, view: ({ openedAt }) => <When at={openedAt} /> },
];

function marksOf({ kept, readOnly }: ChannelInfo): readonly string[] {
  return [
    ...(kept ? [t('channels.kept')] : []),
    ...(readOnly ? [t('channels.readOnly')] : []),
  ];
}

const Marks = ({ channel }: { readonly channel: ChannelInfo }): JSX.Element => (
  <span class="marks">{marksOf(channel).map((mark) => <span key={mark} class="badge">{mark}</span>)}</span>
);

function CreateChannel({ closed }: { readonly closed: () => void }): JSX.Element {
  const console = useConsole();
  const action = useAction();
  const [name, setName] = useState('@');
  const [topic, setTopic] = useState('');
  const [readOnly, setReadOnly] = useState(false);
  const [days, setDays] = useState('');
  return (
    <Dialog title={t('channels.create')} closed={closed}>
      {(close) => (
        <form
          class="form"
          onSubmit={(event) => {
            event.preventDefault();
            void action.run(async () => {
              const channel = await console.api.call(operations.createChannel, {
                body: { name: name.trim(), topic: topic.trim(), readOnly, ...(days !== '' && { retentionDays: Number(days) }) },
              });
              close();
              console.done(t('channels.created', { name: channel.name }));
              go(pathOf('channels', channel.name));
            });
          }}
        >
          <p class="hint">{t('channels.create.hint')}</p>
          <Input label={t('channels.name')} value={name} changed={setName} required maxLength={50} />
          <Input label={t('channels.topic')} value={topic} changed={setTopic} maxLength={200} />
          <Checkbox label={t('channel.readOnly')} checked={readOnly} changed={setReadOnly} />
          <Input label={t('channel.retention')} hint={t('channel.retention.hint')} type="number" min={1} max={36500} value={days} changed={setDays} />
          <ErrorNotice error={action.error} kept={t('error.formKept')} />
          <div class="actions">
            <button class="button is-quiet" type="button" onClick={close}>{t('action.cancel')}</button>
            <button class="button is-primary" type="submit" disabled={action.busy}>{action.busy ? t('action.busy') : t('channels.create')}</button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
