import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { connectionEvents } from '../api/live';
import { operations } from '../api/operations';
import { ConfirmDialog } from '../components/confirmDialog';
import { useConsole } from '../components/console';
import { Facts, Kind, When } from '../components/facts';
import { Loaded } from '../components/loaded';
import { go, Link } from '../components/navigation';
import { ScreenHead, Section } from '../components/screen';
import { useResource } from '../components/useResource';
import { formatNumber, formatSize, t } from '../i18n';
import { pathOf, type Route } from '../state/route';
import { Channels } from './connections';
import { Inspector } from './inspector';

export function ConnectionScreen({ route }: { readonly route: Route }): JSX.Element {
  const console = useConsole();
  const { api } = console;
  const id = route.item ?? '';
  const connection = useResource(id, (signal) => api.call(operations.getConnection, { path: { id }, signal }), connectionEvents);
  const [asking, setAsking] = useState(false);
  const name = connection.data?.username ?? id;
  return (
    <>
      <ScreenHead title={t('connection.title', { name })}>
        <Link to="connections" class="button is-quiet">{t('connection.back')}</Link>
        {connection.data && connection.error === null && (
          <>
            <Link
              to="sanctions" class="button"
              filters={{ new: 'ban', username: connection.data.username ?? '', network: connection.data.address ?? '' }}
            >
              {t('connection.ban')}
            </Link>
            <button class="button is-danger" type="button" onClick={() => setAsking(true)}>{t('connection.disconnect')}</button>
          </>
        )}
      </ScreenHead>
      <Loaded of={connection}>
        {(it) => (
          <Facts
            facts={[
              [t('connections.user'), it.username],
              [t('connections.kind'), <Kind origin={it.kind} />],
              [t('connections.address'), it.address && <code>{it.address}{it.port !== null && ` : ${it.port}`}</code>],
              [t('connections.state'), it.state],
              [t('connections.tls'), it.tls === null ? t('connections.plain') : [it.tls, it.cipher].filter((part) => part).join(', ')],
              [t('connection.client'), it.clientVersion],
              [t('connections.byteOrder'), it.byteOrder],
              [t('connections.channels'), it.channels.length > 0 ? <Channels names={it.channels} /> : null],
              [t('connections.lastPoll'), <When at={it.lastPollAt} />],
              [t('connections.since'), <When at={it.connectedAt} />],
              [t('connections.backlog'), formatNumber(it.backlog)],
              [t('connection.in'), traffic(it.framesIn, it.bytesIn)],
              [t('connection.out'), traffic(it.framesOut, it.bytesOut)],
              [t('connection.id'), <code>{it.id}</code>],
              [t('connection.session'), it.sessionId && <Link to="sessions" filters={{ username: it.username ?? '' }}><code>{it.sessionId}</code></Link>],
            ]}
          />
        )}
      </Loaded>
      <Section title={t('inspector.title')}>
        <Inspector connectionId={id} kind={connection.data?.kind ?? null} inspectionId={route.filters['inspection'] ?? null} />
      </Section>
      {asking && (
        <ConfirmDialog
          title={t('connection.disconnect.title', { name })} confirm={t('connection.disconnect')} closed={() => setAsking(false)}
          run={async () => {
            await api.call(operations.disconnect, { path: { id } });
            console.done(t('connection.disconnected', { name }));
            go(pathOf('connections'));
          }}
        >
          <p>{t('connection.disconnect.text', { count: connection.data?.channels.length ?? 0 })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}

const traffic = (frames: number, bytes: number | null): string =>
  bytes === null ? t('connection.frames', { count: frames }) : t('connection.traffic', { count: frames, size: formatSize(bytes) });
