import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { ApiError } from '../api/apiError';
import { connectionEvents } from '../api/live';
import { addressOf, operations } from '../api/operations';
import type { ChannelDetails, Member } from '../api/types';
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

/** A channel as this screen has it; null: it has closed since it was shown, and nothing is settled for it. */
type Known = (ChannelDetails & { readonly more: boolean }) | null;

export function ChannelScreen({ route }: { readonly route: Route }): JSX.Element {
  const name = route.item ?? '';
  return <OneChannel key={name} name={name} />;
}

function OneChannel({ name }: { readonly name: string }): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const path = { name };
  const shown = useRef(false);
  /** The reading under way; while this screen closes the channel itself, there is none. */
  const reading = useRef<Promise<Known> | null>(null);
  const closingNow = useRef(false);
  const read = async (signal: AbortSignal): Promise<Known> => {
    // What was shown may have closed. Then this list is empty, which is no error; asking for the channel itself would be one.
    if (shown.current && (await api.call(operations.listChannels, { query: { state: 'all', name }, signal })).items.length === 0) return null;
    try {
      const details = await api.call(operations.getChannel, { path, signal });
      shown.current = true;
      if (details.counts.total <= details.members.length) return { ...details, more: false };
      const { items, more } = await api.all(operations.listChannelMembers, { path, signal });
      return { ...details, members: items, more };
    } catch (fault) {
      // Closed between two of the questions.
      if (shown.current && fault instanceof ApiError && fault.status === 404) return null;
      throw fault;
    }
  };
  const channel = useResource<Known>(name, (signal) => {
    if (closingNow.current && reading.current !== null) return reading.current;
    return (reading.current = read(signal));
  }, [...connectionEvents, 'audit']);
  const [closing, setClosing] = useState(false);
  const [kicking, setKicking] = useState<Member | null>(null);
  const known = channel.data;
  const gone = shown.current && known === null && channel.at !== null;
  const isOpen = known !== null && known.openedAt !== null;
  const close = async (): Promise<void> => {
    closingNow.current = true;
    try {
      await reading.current?.catch(() => null);
      await api.call(operations.closeChannel, { path });
    } catch (fault) {
      closingNow.current = false;
      throw fault;
    }
    console.done(t(isOpen ? 'channel.closed' : 'channel.forgotten', { name }));
    go(pathOf('channels'));
  };
  return (
    <>
      <ScreenHead title={name} {...(known && known.topic !== '' && { lead: known.topic })}>
        <Link to="channels" class="button is-quiet">{t('channel.back')}</Link>
        {isOpen && <a class="button" href={addressOf(operations.exportChannel, path, { format: 'jsonl' })} download>{t('channel.export')}</a>}
        {known && <button class="button is-danger" type="button" onClick={() => setClosing(true)}>{t(isOpen ? 'channel.close' : 'channel.forget')}</button>}
      </ScreenHead>
      {gone ? <p class="verdict" role="status">{t('channel.gone', { name })}</p> : (
        <Loaded of={channel}>
          {(body) => body && (
            <>
              {body.openedAt === null ? <p>{t('channel.isClosed')}</p> : (
                <Facts
                  facts={[
                    [t('channels.members'), t('channel.members.count', { count: body.counts.total, web: body.counts.web, native: body.counts.native })],
                    [t('channels.messages'), formatNumber(body.lastSeq)],
                    [t('channels.opened'), <When at={body.openedAt} />],
                  ]}
                />
              )}
              <Section title={t('channel.settings')}>
                <ChannelForm key={body.name} channel={body} changed={channel.reload} />
              </Section>
              {isOpen && (
                <Section title={t('channels.members')}>
                  <DataTable
                    label={t('channels.members')} rows={body.members} more={body.more} columns={columnsOf(setKicking)} rowKey={({ id }) => id}
                    empty={t('channel.members.none')}
                  />
                </Section>
              )}
              <Section title={t('purge.title')}><Purge channel={body} /></Section>
            </>
          )}
        </Loaded>
      )}
      {kicking && <KickDialog channel={name} member={kicking} closed={() => setKicking(null)} done={channel.reload} />}
      {closing && known && (
        <ConfirmDialog
          title={t(isOpen ? 'channel.close.title' : 'channel.forget.title', { name })} confirm={t(isOpen ? 'channel.close' : 'channel.forget')}
          word={known.counts.total >= large ? name : null} closed={() => setClosing(false)} run={close}
        >
          {isOpen ? (
            <>
              <p>{t('channel.close.text', { count: known.counts.total })}</p>
              <p>{t('channel.close.kept', { count: known.lastSeq })}</p>
            </>
          ) : (
            <p>{t('channel.forget.text', { name })}</p>
          )}
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
