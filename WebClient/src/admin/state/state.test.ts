import { describe, expect, it } from 'vitest';
import type { InspectedPdu, ServerInfo, StatsSample } from '../api/types';
import { differences } from './audit';
import { sizeOf } from './bytes';
import { spanOf, unitOf } from './duration';
import { bytesIn, dumpOf, offsetText } from './hexDump';
import { mostPdus, noPdus, shownPdus, withPdu } from './inspection';
import { pathOf, routeOf } from './route';
import { may } from './scopes';
import { lineOf, noStats, rangeOf, windowOf, withSample } from './stats';
import { found, movedTo, sorted, sortedBy } from './table';
import { gone, noNotices, told, undone } from './toasts';
import { warningsOf } from './warnings';

describe('the address', () => {
  it('names the screen, the thing on it and the filters, and is read again as it was written', () => {
    expect(pathOf('overview')).toBe('/admin');
    expect(pathOf('channels', '@a/b')).toBe('/admin/channels/%40a%2Fb');
    expect(pathOf('connections', null, { kind: 'web', state: '' })).toBe('/admin/connections?kind=web');
    for (const route of [
      { screen: 'overview', item: null, filters: {} },
      { screen: 'channels', item: '@a/b', filters: {} },
      { screen: 'connections', item: '0HN', filters: { inspection: '1' } },
      { screen: 'sanctions', item: null, filters: { new: 'ban' } },
    ] as const) {
      const path = new URL(pathOf(route.screen, route.item, route.filters), 'http://x');
      expect(routeOf(path.pathname, path.search)).toEqual(route);
    }
  });

  it('is the overview with a slash, too, and nothing where no screen is', () => {
    expect(routeOf('/admin/')?.screen).toBe('overview');
    expect(['/administration', '/admin/nowhere', '/admin/keys/1', '/admin/connections/a/b', '/admin/channels/%', '/'].map((path) => routeOf(path))).toEqual(Array(6).fill(null));
  });
});

describe('a table', () => {
  const rows = [{ name: 'Ben', age: 30 }, { name: 'anna', age: 4 }, { name: 'user10', age: null }, { name: 'user9', age: 30 }];

  it('is sorted as people sort, with what is missing last', () => {
    expect(sorted(rows, false, ({ name }) => name).map(({ name }) => name)).toEqual(['anna', 'Ben', 'user9', 'user10']);
    expect(sorted(rows, false, ({ age }) => age).map(({ age }) => age)).toEqual([4, 30, 30, null]);
    expect(sorted(rows, true, ({ age }) => age).map(({ name }) => name)).toEqual(['Ben', 'user9', 'anna', 'user10']);
  });

  it('finds rows that have every word somewhere', () => {
    const cells = ({ name, age }: (typeof rows)[number]): readonly (string | number | null)[] => [name, age];
    expect(found(rows, ' ', cells)).toEqual(rows);
    expect(found(rows, 'USER 30', cells).map(({ name }) => name)).toEqual(['user9']);
    expect(found(rows, 'nobody', cells)).toEqual([]);
  });

  it('turns the order round at the second click on a head', () => {
    const once = sortedBy(null, 'name');
    expect([once, sortedBy(once, 'name'), sortedBy(once, 'age')]).toEqual([
      { column: 'name', descending: false }, { column: 'name', descending: true }, { column: 'age', descending: false },
    ]);
  });

  it('is walked by keys, no further than its ends', () => {
    expect(['ArrowDown', 'ArrowUp', 'End', 'Home', 'PageDown', 'x'].map((key) => movedTo(key, 3, 5))).toEqual([4, 2, 4, 0, 4, null]);
    expect([movedTo('ArrowDown', 4, 5), movedTo('ArrowUp', 0, 5), movedTo('PageUp', 3, 5)]).toEqual([4, 0, 0]);
  });
});

const at = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();
const sample = (seconds: number, web = 1): StatsSample => ({
  at: at(seconds), connections: { total: web, web, native: 0, states: {} }, messagesPerMinute: 0, pollLatencyMs: { p50: null, p95: null }, commitMs: { p50: 1, p99: 2 },
  logQueue: 0, storageBytes: 0, storageFreeBytes: null, storageCapacityBytes: null, writable: true, memoryBytes: 0, cpuPercent: 0,
});

describe('the statistics', () => {
  it('take each sample once and let the old ones go', () => {
    let window = windowOf({ intervalSeconds: 2, items: [sample(0), sample(2)] });
    window = withSample(window, sample(2, 9), 1);
    expect(window.samples.map(({ connections }) => connections.web)).toEqual([1, 1]);
    window = withSample(window, sample(61), 1);
    expect(window.samples.map((one) => one.at)).toEqual([at(2), at(61)]);
  });

  it('are a line that is broken where samples are missing', () => {
    const line = lineOf(windowOf({ intervalSeconds: 2, items: [sample(0, 3), sample(2, 4), sample(20, 5)] }), [({ connections }) => connections.web]);
    expect(line.values).toEqual([[3, 4, null, 5]]);
    expect(line.times.map((time) => time - (line.times[0] ?? 0))).toEqual([0, 2, 4, 20]);
    expect(lineOf(noStats, [() => 1])).toEqual({ times: [], values: [[]] });
  });

  it('say in words what they show', () => {
    expect(rangeOf([3, null, 1, 2])).toEqual({ now: 2, least: 1, most: 3 });
    expect(rangeOf([null])).toBeNull();
  });
});

describe('the warnings', () => {
  const server = (notAfter: string): ServerInfo => ({ certificate: { fingerprint: '', notAfter } }) as unknown as ServerInfo;
  const now = Date.UTC(2026, 0, 1);
  const kinds = (info: ServerInfo | null, window = noStats, level = 0, unknown = false): string[] =>
    warningsOf({ server: info, stats: window, raid: { level, name: 'x', until: null }, unknown }, now).map(({ kind }) => kind);

  it('come before a certificate ends, and when it has', () => {
    expect(kinds(server('2026-06-01T00:00:00Z'))).toEqual([]);
    expect(kinds(server('2026-01-20T00:00:00Z'))).toEqual(['certificateEnds']);
    expect(kinds(server('2025-12-31T00:00:00Z'))).toEqual(['certificateExpired']);
    expect(kinds(null)).toEqual([]);
  });

  it('come when the log is in trouble, and as long as the raid level is up', () => {
    const slow = { ...sample(0), logQueue: 5000, commitMs: { p50: 1, p99: 900 } };
    expect(kinds(null, { intervalSeconds: 2, samples: [slow] }, 2)).toEqual(['queue', 'slowDisk', 'raid']);
  });

  it('come when the disk is full or fills up, a small limit in its own measure', () => {
    const gib = 1024 ** 3;
    const room = (free: number | null, capacity: number | null, writable = true): readonly string[] =>
      kinds(null, { intervalSeconds: 2, samples: [{ ...sample(0), storageFreeBytes: free, storageCapacityBytes: capacity, writable }] });
    expect(room(gib, 500 * gib)).toEqual([]);
    expect(room(gib - 1, 500 * gib)).toEqual(['diskFills']);
    expect(room(gib / 10, gib)).toEqual([]);
    expect(room(gib / 10 - 1, gib)).toEqual(['diskFills']);
    expect(room(null, null)).toEqual([]);
    expect(room(0, gib, false)).toEqual(['diskFull']);
    expect(room(null, null, false)).toEqual(['diskFull']);
  });

  it('say first that nothing is known while the server does not answer', () => {
    expect(kinds(server('2025-12-31T00:00:00Z'), noStats, 0, true)).toEqual(['unknown', 'certificateExpired']);
  });
});

describe('a dump', () => {
  const fields = [{ name: 'type', offset: 0, length: 1, value: 'SEND' }, { name: 'text', offset: 1, length: 20, value: '20 bytes' }];

  it('shows each byte with its field, 16 to a line, and says what it does not show', () => {
    const lines = dumpOf([
      { kind: 'content', offset: 0, length: 1, field: 'type', hex: '07' },
      { kind: 'content', offset: 1, length: 18, field: 'text', hex: '61'.repeat(18) },
      { kind: 'zeros', offset: 19, length: 40, field: null, hex: null },
      { kind: 'hidden', offset: 59, length: 5, field: 'text', hex: null },
    ], fields);
    expect(lines.map(({ offset, field, hex, length }) => [offset, field, hex?.length ?? null, length])).toEqual([
      [0, 0, 2, 1], [1, 1, 47, 16], [17, 1, 5, 2], [19, null, null, 40], [59, 1, null, 5],
    ]);
    expect(bytesIn([{ kind: 'zeros', offset: 0, length: 40, field: null, hex: null }])).toBe(40);
    expect(offsetText(255)).toBe('00ff');
  });
});

describe('an inspection', () => {
  const pdu = (n: number, violated = false): InspectedPdu => ({ n, direction: n % 2 ? 'in' : 'out', violated: violated ? { rule: 'r', section: 's', sentence: '' } : null }) as unknown as InspectedPdu;

  it('has each PDU once and lets the oldest go', () => {
    let list = noPdus;
    for (let n = 1; n <= mostPdus + 3; n++) list = withPdu(list, pdu(n));
    list = withPdu(list, pdu(5));
    expect([list.pdus.length, list.dropped, list.pdus[0]?.n]).toEqual([mostPdus, 3, 4]);
  });

  it('shows one direction, or what broke a rule', () => {
    const all = [pdu(1), pdu(2), pdu(3, true)];
    expect((['all', 'in', 'out', 'violated'] as const).map((filter) => shownPdus(all, filter).map(({ n }) => n))).toEqual([[1, 2, 3], [1, 3], [2], [3]]);
  });
});

describe('a change in the audit log', () => {
  it('is told member by member', () => {
    expect(differences({ topic: 'a', readOnly: false, days: null }, { topic: 'b', readOnly: false, native: { edits: 'note' } })).toEqual([
      { name: 'topic', before: 'a', after: 'b' }, { name: 'native', before: null, after: '{"edits":"note"}' },
    ]);
    expect(differences(null, { username: 'x' })).toEqual([{ name: 'username', before: null, after: 'x' }]);
    expect(differences('{"level":1}', '{"level":2}')).toEqual([{ name: 'level', before: '1', after: '2' }]);
    expect(differences(1, 2)).toEqual([{ name: '', before: '1', after: '2' }]);
    expect(differences(null, null)).toEqual([]);
  });
});

describe('notices', () => {
  const notice = { at: 0, text: 'x', kind: 'done', undo: () => {} } as const;

  it('go from the screen and stay in the list, where they cannot be taken back a second time', () => {
    let notices = noNotices;
    for (let i = 0; i < 60; i++) notices = told(notices, notice);
    expect([notices.shown.map(({ id }) => id), notices.recent.length, notices.recent[0]?.id]).toEqual([[58, 59, 60], 50, 60]);
    notices = gone(notices, 60);
    expect([notices.shown.length, notices.recent.length]).toEqual([2, 50]);
    expect(undone(notices, 60).recent[0]?.undo).toBeNull();
  });
});

describe('sizes, times and scopes', () => {
  it('are in units that people read', () => {
    expect([0, 999, 1000, 12_345, 999_950, 81_234_567].map(sizeOf).map(({ value, unit }) => `${value} ${unit}`)).toEqual(['0 B', '999 B', '1 kB', '12.3 kB', '1 MB', '81.2 MB']);
    expect([10, 60, 90, 2880].map(unitOf)).toEqual([{ unit: 'minute', count: 10 }, { unit: 'hour', count: 1 }, { unit: 'minute', count: 90 }, { unit: 'day', count: 2 }]);
    expect([0, 59, 3600, 100_000].map((seconds) => spanOf(seconds).map((part) => part.join(' ')).join(' '))).toEqual(['s 0', 's 59', 'h 1', 'd 1 h 3']);
  });

  it('let a key that may write read', () => {
    const scopes = ['channels:write', 'audit:read'];
    expect(['channels:read', 'channels:write', 'audit:read', 'audit:write', 'keys:write'].map((scope) => may(scopes, scope))).toEqual([true, true, true, false, false]);
  });
});
