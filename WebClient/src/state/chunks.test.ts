import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aPending, aRange } from '../testing/builders';
import type { Channel, PendingMessage } from './chatState';
import { areSameRows, chunksOf, tailOf, type Tail } from './chunks';
import { daysOf, rowsOf, type DayRow } from './rows';

const dayRows = (channel: Channel, pending: readonly PendingMessage[] = []): readonly DayRow[] => daysOf(rowsOf(channel, pending, 'ada')).flatMap(({ rows }) => rows);
const outline = (rows: readonly DayRow[], tailAfter = Infinity): (string | number)[][] =>
  chunksOf(rows, tailAfter).map((chunk) => [chunk.key, ...chunk.rows.map((row) => (row.kind === 'message' && 'seq' in row.message ? row.message.seq : row.kind))]);

describe('chunks', () => {
  it('begin where they began when rows come before or behind them', () => {
    const held = chunksOf(dayRows(aChannel(aRange(40, 90))), Infinity);
    const more = chunksOf(dayRows(aChannel(aRange(25, 100))), Infinity);
    for (const { key, rows } of held.slice(1, -1)) expect(more.find((chunk) => chunk.key === key)?.rows.map((row) => row.key)).toEqual(rows.map((row) => row.key));
    expect(Math.max(...more.map(({ rows }) => rows.length))).toBe(16);
  });

  it('take what stands between two messages along with the one below it', () => {
    const rows = dayRows(aChannel([aMessage(15), aMessage(16), aMessage(20)], { newAfterSeq: 15 }));
    expect(outline(rows)).toEqual([['0', 15], ['1', 'new', 16, 'gap', 20]]);
  });

  it('keep what came at the end, and what waits, together', () => {
    const rows = dayRows(aChannel(aRange(14, 18)), [aPending('a')]);
    expect(outline(rows, 14)).toEqual([['0', 14], ['tail', 15, 16, 17, 18, 'message']]);
  });

  it('hold each row once, in order', () => {
    const channel = aChannel([...aRange(10, 20), ...aRange(30, 70)], { newAfterSeq: 40, notices: [{ id: 1, afterSeq: 70, text: 'x' }] });
    const rows = dayRows(channel, [aPending('a')]);
    expect(chunksOf(rows, 50).flatMap((chunk) => chunk.rows)).toEqual(rows);
  });
});

describe('the tail', () => {
  const tail = (...states: readonly Channel[]): number => states.reduce<Tail | null>(tailOf, null)?.afterSeq ?? NaN;
  const held = aChannel(aRange(50, 100));

  it('begins behind the end that was held first, and stays there', () => {
    expect(tail(held)).toBe(100);
    expect(tail(held, aChannel(aRange(50, 120)))).toBe(100);
    expect(tail(held, aChannel(aRange(50, 120)), aChannel(aRange(110, 510)))).toBe(100);
  });

  it('stays while some of it is held, also when the end is not', () => {
    expect(tail(held, aChannel(aRange(50, 120)), aChannel(aRange(40, 105), { hasLater: true }))).toBe(100);
    expect(tail(held, aChannel(aRange(50, 120)), aChannel(aRange(20, 90), { hasLater: true }))).toBe(Infinity);
  });

  it('begins anew where the reader comes back to the end, or goes elsewhere', () => {
    expect(tail(held, aChannel(aRange(20, 90), { hasLater: true }), aChannel(aRange(20, 130)))).toBe(130);
    expect(tail(aChannel(aRange(1, 3)), aChannel(aRange(500, 600), { hasLater: true }))).toBe(Infinity);
    expect(tail(held, aChannel(aRange(500, 600)))).toBe(600);
  });

  it('takes in the first message of an empty channel, which waited there', () => {
    expect(tail(aChannel([]), aChannel(aRange(1, 1)))).toBe(0);
  });
});

describe('rows', () => {
  const rows = (channel: Channel): readonly DayRow[] => dayRows(channel);
  const messages = aRange(1, 4);

  it('are the same while nothing of them changed', () => {
    expect(areSameRows(rows(aChannel(messages)), rows(aChannel(messages)))).toBe(true);
    const gap = [aMessage(1), aMessage(5)];
    expect(areSameRows(rows(aChannel(gap, { newAfterSeq: 1 })), rows(aChannel(gap, { newAfterSeq: 1 })))).toBe(true);
  });

  it('are others when one of them changed', () => {
    const one = rows(aChannel(messages));
    const change = { kind: 'delete', problem: null } as never;
    for (const other of [
      rows(aChannel(messages.with(1, aMessage(2, { text: 'new' })))),
      rows(aChannel(messages.with(1, aMessage(2, { authorId: 'bob' })))),
      rows(aChannel(messages, { newAfterSeq: 2 })),
      rows(aChannel(messages, { changes: new Map([[2, change]]) })),
      rows(aChannel(messages.slice(1))),
    ]) expect(areSameRows(one, other)).toBe(false);
    expect(areSameRows(rows(aChannel([aMessage(1), aMessage(5)])), rows(aChannel([aMessage(2), aMessage(5)])))).toBe(false);
    const comings = (...ids: readonly number[]) => ({ comings: ids.map((id) => ({ id, afterSeq: 2, username: 'x', joined: true })) });
    expect(areSameRows(rows(aChannel(messages, comings(1))), rows(aChannel(messages, comings(1, 2))))).toBe(false);
  });
});
