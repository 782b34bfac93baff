import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { connectionEvents } from '../api/live';
import { addressOf, operations } from '../api/operations';
import type { Member } from '../api/types';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { DataTable, type Column } from '../components/dataTable';
import { Facts, Kind, When } from '../components/facts';
import { Duration, Input } from '../components/form';
import { Loaded } from '../components/loaded';
import { go, Link } from '../components/navigation';
import { ScreenHead, Section } from '../components/screen';
import { useResource } from '../components/useResource';
import { formatNumber, t } from '../i18n';
import { pathOf, type Route } from '../state/route';
import { ChannelForm } from './channelForm';
import { Purge } from './purge';

/** From how many members or messages on the name is to be typed. */
export const large = 50;

export function ChannelScreen({ route }: { readonly route: Route }): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const name = route.item ?? '';
  const path = { name };
  const channel = useResource(name, (signal) => api.call(operations.getChannel, { path, signal }), ['audit']);
  const members = useResource(name, (signal) => api.all(operations.listChannelMembers, { path, signal }), [...connectionEvents, 'audit']);
  const [closing, setClosing] = useState(false);
  const [kicking, setKicking] = useState<Member | null>(null);
  const known = channel.data;
  return (
    <>
      <ScreenHead title={name} {...(known && known.topic !== '' && { lead: known.topic })}>
        <Link to="channels" class="button is-quiet">{t('channel.back')}</Link>
        {known && (
          <>
            <a class="button" href={addressOf(operations.exportChannel, path, { format: 'jsonl' })} download>{t('channel.export')}</a>
            <button class="button is-danger" type="button" onClick={() => setClosing(true)}>{t('channel.close')}</button>
          </>
        )}
      </ScreenHead>
      <Loaded of={channel}>
        {(body) => (
          <>
            <Facts
              facts={[
                [t('channels.members'), t('channel.members.count', { count: body.counts.total, web: body.counts.web, native: body.counts.native })],
                [t('channels.messages'), formatNumber(body.lastSeq)],
                [t('channels.opened'), <When at={body.openedAt} />],
              ]}
            />
            <Section title={t('channel.settings')}>
              <ChannelForm key={body.name} channel={body} changed={channel.reload} />
            </Section>
          </>
        )}
      </Loaded>
      <Section title={t('channels.members')}>
        <Loaded of={members}>
          {({ items, more }) => (
            <DataTable
              label={t('channels.members')} rows={items} more={more} columns={columnsOf(setKicking)} rowKey={({ id }) => id}
              empty={t('channel.members.none')}
            />
          )}
        </Loaded>
      </Section>
      {known && <Section title={t('purge.title')}><Purge channel={known} /></Section>}
      {kicking && <KickDialog channel={name} member={kicking} closed={() => setKicking(null)} done={members.reload} />}
      {closing && known && (
        <ConfirmDialog
          title={t('channel.close.title', { name })} confirm={t('channel.close')} word={known.counts.total >= large ? name : null} closed={() => setClosing(false)}
          run={async () => {
            await api.call(operations.closeChannel, { path });
            console.done(t('channel.closed', { name }));
            go(pathOf('channels'));
          }}
        >
          <p>{t('channel.close.text', { count: known.counts.total })}</p>
          <p>{t('channel.close.kept', { count: known.lastSeq })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

const columnsOf = (kick: (member: Member) => void): readonly Column<Member>[] => [
  { id: 'name', label: t('connections.user'), cell: ({ username }) => username, view: ({ username }) => <Link to="connections" filters={{ username }}>{username}</Link> },
  { id: 'kind', label: t('connections.kind'), cell: ({ origin }) => origin, view: ({ origin }) => <Kind origin={origin} /> },
  { id: 'presence', label: t('channel.presence'), cell: ({ presence }) => t(`presence.${presence}`) },
  { id: 'operator', label: t('channel.operator'), cell: ({ operator }) => (operator ? t('yes') : null) },
  {
    id: 'kick', label: t('table.actions'),
    view: (member) => <button class="button is-small" type="button" aria-label={t('kick.of', { name: member.username })} onClick={() => kick(member)}>{t('kick')}</button>,
  },
];

function KickDialog({ channel, member: { username }, closed, done }: {
  readonly channel: string;
  readonly member: Member;
  readonly closed: () => void;
  readonly done: () => void;
}): JSX.Element {
  const console = useConsole();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState<number | null>(10);
  return (
    <ConfirmDialog
      title={t('kick.title', { name: username, channel })} confirm={t('kick')} closed={closed}
      run={async () => {
        await console.api.call(operations.kick, { path: { name: channel }, body: { username, reason: reason.trim(), ...(minutes !== null && { minutes }) } });
        console.done(t('kick.done', { name: username, channel }));
        done();
      }}
    >
      <p>{t('kick.text')}</p>
      <Input label={t('sanctions.reason')} value={reason} changed={setReason} required maxLength={200} />
      <Duration label={t('kick.minutes')} minutes={minutes} changed={setMinutes} endless={t('kick.atOnce')} />
    </ConfirmDialog>
  );
}
