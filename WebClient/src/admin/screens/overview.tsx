import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { connectionEvents } from '../api/live';
import { operations } from '../api/operations';
import type { RaidLevelInfo, StatsSample } from '../api/types';
import { Chart } from '../components/chart';
import { useConsole, useMay } from '../components/console';
import { Facts, When } from '../components/facts';
import { Select } from '../components/form';
import { Icon } from '../components/icons';
import { Loaded } from '../components/loaded';
import { filterBy, Link } from '../components/navigation';
import { ScreenHead, Section } from '../components/screen';
import { useResource } from '../components/useResource';
import { formatDateTime, formatMinutes, formatMs, formatNumber, formatSize, formatSpan, t } from '../i18n';
import type { Route } from '../state/route';
import { lineOf, noStats, windowOf, withSample, type StatsWindow } from '../state/stats';
import { warningsOf, type Warning } from '../state/warnings';

const spans = ['5', '15', '60'] as const;

export function OverviewScreen({ route }: { readonly route: Route }): JSX.Element {
  const { api, live } = useConsole();
  const span = spans.find((minutes) => minutes === route.filters['minutes']) ?? '15';
  const minutes = Number(span);
  const server = useResource('server', (signal) => api.call(operations.getServer, { signal }), connectionEvents);
  const stats = useResource(span, async (signal) => windowOf(await api.call(operations.getStats, { query: { minutes }, signal })), []);
  const { change, reload } = stats;
  useEffect(() => live.listen((event, data) => {
    if (event === 'stats') change((window) => withSample(window, data as StatsSample, minutes));
    else if (event === 'poll') reload();
  }), [live, minutes]);
  const mayRead = useMay();
  const raid = useResource<RaidLevelInfo | null>(
    'raid', async (signal) => (mayRead('moderation:read') ? api.call(operations.getRaidLevel, { signal }) : null), ['audit']);

  const window = stats.data ?? noStats;
  return (
    <>
      <ScreenHead title={t('screen.overview')}>
        <Select
          label={t('overview.span')} value={span}
          choices={spans.map((value) => ({ value, label: formatMinutes(Number(value)) }))}
          changed={(value) => filterBy({ minutes: value })}
        />
      </ScreenHead>
      <Warnings warnings={warningsOf({ server: server.data, stats: window, raid: raid.data, unknown: server.error !== null || stats.error !== null }, Date.now())} />
      <Loaded of={server}>
        {(info) => (
          <Tiles window={window}>
            <Tile label={t('overview.connections')} value={formatNumber(info.counts.connections.total)}><Link to="connections">{t('overview.connections.link')}</Link></Tile>
            <Tile label={t('overview.web')} value={formatNumber(info.counts.connections.web)}><Link to="connections" filters={{ kind: 'web' }}>{t('overview.web.link')}</Link></Tile>
            <Tile label={t('overview.native')} value={formatNumber(info.counts.connections.native)}><Link to="connections" filters={{ kind: 'native' }}>{t('overview.native.link')}</Link></Tile>
            <Tile label={t('overview.sessions')} value={formatNumber(info.counts.sessions)}><Link to="sessions">{t('overview.sessions.link')}</Link></Tile>
            <Tile label={t('overview.channels')} value={formatNumber(info.counts.channels)}><Link to="channels">{t('overview.channels.link')}</Link></Tile>
          </Tiles>
        )}
      </Loaded>
      <States window={window} />
      <Loaded of={stats}>{(shown) => <Charts window={shown} />}</Loaded>
      <Loaded of={server}>
        {(info) => (
          <Section title={t('overview.server')}>
            <Facts
              facts={[
                [t('overview.version'), `${info.name} ${info.version}`],
                [t('overview.uptime'), formatSpan(info.uptimeSeconds)],
                [t('overview.started'), <When at={info.startedAt} />],
                [t('overview.endpoints'), (
                  <ul>
                    {info.endpoints.map(({ kind, address, port, tls }) => (
                      <li key={`${address}:${port}`}>{t(`kind.${kind}`)} <code>{address}:{port}</code> {t(`tls.${tls}`)}</li>
                    ))}
                  </ul>
                )],
                [t('overview.certificate'), info.certificate && (
                  <>
                    {t('overview.certificate.until', { at: formatDateTime(info.certificate.notAfter) })}
                    <code class="fingerprint">{info.certificate.fingerprint}</code>
                  </>
                )],
                [t('overview.protocol'), t('overview.protocol.text', {
                  version: info.kaiChat.highestVersion, delivery: info.kaiChat.delivery, history: info.kaiChat.historyOnJoin, most: info.kaiChat.maxConnections,
                })],
              ]}
            />
          </Section>
        )}
      </Loaded>
    </>
  );
}

function Tiles({ window, children }: { readonly window: StatsWindow; readonly children: ComponentChildren }): JSX.Element {
  const newest = window.samples.at(-1);
  return (
    <ul class="tiles">
      {children}
      {newest && (
        <>
          <Tile label={t('overview.messages')} value={formatNumber(newest.messagesPerMinute)}><Link to="channels">{t('overview.messages.link')}</Link></Tile>
          <Tile label={t('overview.poll')} value={formatMs(newest.pollLatencyMs.p95)}><Link to="connections" filters={{ kind: 'native' }}>{t('overview.poll.link')}</Link></Tile>
          <Tile label={t('overview.queue')} value={formatNumber(newest.logQueue)}><Link to="settings" filters={{ find: 'Storage' }}>{t('overview.queue.link')}</Link></Tile>
          <Tile label={t('overview.storage')} value={formatSize(newest.storageBytes)}><Link to="jobs">{t('overview.storage.link')}</Link></Tile>
          <Tile label={t('overview.memory')} value={formatSize(newest.memoryBytes)}><Link to="settings" filters={{ find: 'Limits' }}>{t('overview.memory.link')}</Link></Tile>
        </>
      )}
    </ul>
  );
}

function Tile({ label, value, children }: { readonly label: string; readonly value: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <li class="tile">
      <span class="tile-label">{label}</span>
      <strong class="tile-value">{value}</strong>
      <span class="tile-link">{children}</span>
    </li>
  );
}

/** `native.inChannel` as the filters of the connections. */
function stateFilters(state: string): Readonly<Record<string, string>> {
  const [kind = '', ...name] = state.split('.');
  return { kind, state: name.join('.') };
}

/** How many connections are in each state, each with its list. */
function States({ window }: { readonly window: StatsWindow }): JSX.Element | null {
  const states = Object.entries(window.samples.at(-1)?.connections.states ?? {}).filter(([, count]) => count > 0);
  if (states.length === 0) return null;
  const most = Math.max(...states.map(([, count]) => count));
  return (
    <Section title={t('overview.states')}>
      <ul class="bars">
        {states.map(([state, count]) => (
          <li key={state}>
            <Link to="connections" filters={stateFilters(state)}>{state}</Link>
            <meter min={0} max={most} value={count} aria-label={state} />
            <span>{formatNumber(count)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Charts({ window }: { readonly window: StatsWindow }): JSX.Element {
  const [plain] = useState(() => (value: number) => formatNumber(Math.round(value * 10) / 10));
  const lines = useMemo(() => ({
    connections: lineOf(window, [(at) => at.connections.web, (at) => at.connections.native]),
    messages: lineOf(window, [(at) => at.messagesPerMinute]),
    poll: lineOf(window, [(at) => at.pollLatencyMs.p50, (at) => at.pollLatencyMs.p95]),
    commit: lineOf(window, [(at) => at.commitMs.p50, (at) => at.commitMs.p99]),
    queue: lineOf(window, [(at) => at.logQueue]),
    storage: lineOf(window, [(at) => at.storageBytes, (at) => at.memoryBytes]),
  }), [window]);
  return (
    <Section title={t('overview.charts')}>
      <div class="charts">
        <Chart
          title={t('overview.connections')} line={lines.connections} format={plain}
          series={[{ label: t('kind.web'), color: '--name-8' }, { label: t('kind.native'), color: '--name-0', dashed: true }]}
        />
        <Chart title={t('overview.messages')} line={lines.messages} format={plain} series={[{ label: t('overview.messages.series'), color: '--name-8' }]} />
        <Chart
          title={t('overview.poll.chart')} line={lines.poll} format={formatMs}
          series={[{ label: 'p50', color: '--name-5' }, { label: 'p95', color: '--name-1', dashed: true }]}
        />
        <Chart
          title={t('overview.commit')} line={lines.commit} format={formatMs}
          series={[{ label: 'p50', color: '--name-5' }, { label: 'p99', color: '--name-1', dashed: true }]}
        />
        <Chart title={t('overview.queue')} line={lines.queue} format={plain} series={[{ label: t('overview.queue.series'), color: '--name-10' }]} />
        <Chart
          title={t('overview.space')} line={lines.storage} format={formatSize}
          series={[{ label: t('overview.storage'), color: '--name-3' }, { label: t('overview.memory'), color: '--name-10', dashed: true }]}
        />
      </div>
    </Section>
  );
}

/** What needs an operator, above everything else. */
function Warnings({ warnings }: { readonly warnings: readonly Warning[] }): JSX.Element | null {
  if (warnings.length === 0) return null;
  return (
    <section class="warnings" aria-label={t('warnings.title')}>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.kind}>
            <Icon name="warning" />
            <span>{warningText(warning)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function warningText(warning: Warning): JSX.Element | string {
  switch (warning.kind) {
    case 'unknown': return t('warnings.unknown');
    case 'certificateExpired': return t('warnings.certificateExpired', { at: formatDateTime(warning.at) });
    case 'certificateEnds': return t('warnings.certificateEnds', { count: warning.days, at: formatDateTime(warning.at) });
    case 'diskFull': return (
      <>
        {t('warnings.diskFull')} {warning.free !== null && t('warnings.disk.free', { free: formatSize(warning.free) })} {t('warnings.disk.do')}{' '}
        <Link to="jobs">{t('overview.storage.link')}</Link>
      </>
    );
    case 'diskFills': return (
      <>
        {t('warnings.diskFills', { free: formatSize(warning.free), capacity: formatSize(warning.capacity) })} {t('warnings.disk.do')}{' '}
        <Link to="jobs">{t('overview.storage.link')}</Link>
      </>
    );
    case 'queue': return t('warnings.queue', { count: warning.waiting });
    case 'slowDisk': return t('warnings.slowDisk', { ms: warning.ms });
    case 'raid': return (
      <>
        {t('warnings.raid', { level: warning.level, name: warning.name })} <Link to="raid">{t('warnings.raid.link')}</Link>
      </>
    );
  }
}
