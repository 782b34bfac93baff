import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aPending, minute, noon } from '../testing/builders';
import type { Message } from '../connection/contract';
import type { Channel, PendingMessage } from './chatState';
import { daysOf, isPending, rowsOf, withoutHidden, type MessageRow, type Row } from './rows';

const at = (time: number): string => new Date(time).toISOString();
const allRows = (channel: Channel, pending: readonly PendingMessage[] = []): readonly Row[] => rowsOf(channel, pending, 'ada');
const messageRows = (channel: Channel, pending: readonly PendingMessage[] = []): MessageRow[] =>
  allRows(channel, pending).filter((row) => row.kind === 'message');
const heads = (...messages: readonly Message[]): boolean[] => messageRows(aChannel(messages)).map(({ head }) => head);
/** The kinds of the rows, messages by their seq. */
const outline = (rows: readonly Row[]): (string | number)[] =>
  rows.map((row) => (row.kind !== 'message' ? row.kind : isPending(row.message) ? row.message.id : row.message.seq));

describe('grouping', () => {
  it('gives messages of one author within five minutes of each other one head', () => {
    const times = [0, 5 * minute, 10 * minute, 15 * minute + 1];
    expect(heads(...times.map((time, i) => aMessage(i + 1, { sentAt: at(noon + time) })))).toEqual([true, false, false, true]);
  });

  it('gives another author, and another kind of client, a head', () => {
    expect(heads(aMessage(1), aMessage(2, { authorId: 'bob' }), aMessage(3), aMessage(4, { origin: 'native' }))).toEqual([
      true, true, true, true,
    ]);
  });

  it('tells own messages by the id, not by the name', () => {
    expect(messageRows(aChannel([aMessage(1), aMessage(2, { authorId: 'other' })])).map(({ own }) => own)).toEqual([true, false]);
  });

  it('begins anew behind whatever stands between', () => {
    const gap = messageRows(aChannel([aMessage(1), aMessage(3)]));
    const fresh = messageRows(aChannel([aMessage(1), aMessage(2)], { newAfterSeq: 1 }));
    const notice = messageRows(aChannel([aMessage(1), aMessage(2)], { notices: [{ id: 1, afterSeq: 1, text: 'x' }] }));
    for (const rows of [gap, fresh, notice]) expect(rows.map(({ head }) => head)).toEqual([true, true]);
  });
});

describe('what stands between messages', () => {
  it('is a day where the reader sees midnight pass', () => {
    const midnight = new Date(2026, 4, 5).getTime();
    const rows = allRows(aChannel([
      aMessage(1, { sentAt: at(midnight - 2) }), aMessage(2, { sentAt: at(midnight - 1) }), aMessage(3, { sentAt: at(midnight) }),
    ]));
    expect(outline(rows)).toEqual(['day', 1, 2, 'day', 3]);
    expect(rows.flatMap((row) => (row.kind === 'day' ? row.date : []))).toEqual(['2026-05-04', '2026-05-05']);
    expect(rows.at(-1)).toMatchObject({ head: true });
  });

  it('is a gap that knows how many are missing', () => {
    const rows = allRows(aChannel([aMessage(2), aMessage(7)]));
    expect(outline(rows)).toEqual(['day', 2, 'gap', 7]);
    expect(rows[2]).toMatchObject({ beforeSeq: 7, missing: 4 });
  });

  it('is the line "new", once, where something stands before it', () => {
    const messages = [1, 2, 3, 4].map((seq) => aMessage(seq));
    expect(outline(allRows(aChannel(messages, { newAfterSeq: 2 })))).toEqual(['day', 1, 2, 'new', 3, 4]);
    expect(outline(allRows(aChannel(messages, { newAfterSeq: 0 })))).toEqual(['day', 1, 2, 3, 4]);
    expect(outline(allRows(aChannel(messages, { newAfterSeq: 4 })))).toEqual(['day', 1, 2, 3, 4]);
  });

  it('is the line "new" before the first message held, if that is the first new one', () => {
    const later = [5, 6].map((seq) => aMessage(seq));
    expect(outline(allRows(aChannel(later, { newAfterSeq: 4 })))).toEqual(['day', 'new', 5, 6]);
    expect(outline(allRows(aChannel(later, { newAfterSeq: 3 })))).toEqual(['day', 5, 6]);
  });

  it('is a notice where it came', () => {
    const notices = [{ id: 1, afterSeq: 1, text: 'a' }, { id: 2, afterSeq: 2, text: 'b' }];
    expect(outline(allRows(aChannel([aMessage(1), aMessage(2)], { notices })))).toEqual(['day', 1, 'notice', 2, 'notice']);
  });
});

describe('own pending messages', () => {
  it('stand at the end of their channel only, grouped with what the author wrote before', () => {
    const pending = [aPending('p1'), aPending('elsewhere', { channel: '@other' }), aPending('p2')];
    const rows = messageRows(aChannel([aMessage(1)]), pending);
    expect(outline(rows)).toEqual([1, 'p1', 'p2']);
    expect(rows.map(({ head, own }) => [head, own])).toEqual([[true, true], [false, true], [false, true]]);
  });

  it('begin a day of their own if nothing was said that day', () => {
    expect(outline(allRows(aChannel([aMessage(1)]), [aPending('p1', { createdAt: noon + 24 * 60 * minute })]))).toEqual([
      'day', 1, 'day', 'p1',
    ]);
  });

  it('are not shown behind older messages where the end is not held', () => {
    expect(outline(messageRows(aChannel([aMessage(1)], { lastSeq: 9 }), [aPending('p1')]))).toEqual([1]);
  });

  it('become the confirmed message in the same row', () => {
    const before = messageRows(aChannel([aMessage(1)]), [aPending('p1'), aPending('p2')]);
    const channel = aChannel([aMessage(1), aMessage(2, { clientMessageId: 'p1' })]);
    const after = messageRows(channel, [aPending('p1'), aPending('p2')]);
    expect(outline(after)).toEqual([1, 2, 'p2']);
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
  });

  it('give each row a key of its own', () => {
    const channel = aChannel([aMessage(1), aMessage(2), aMessage(9, { clientMessageId: 'c' })], {
      newAfterSeq: 1, notices: [{ id: 1, afterSeq: 1, text: 'a' }, { id: 2, afterSeq: 1, text: 'a' }],
    });
    const keys = allRows(channel, [aPending('p1')]).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('daysOf', () => {
  it('puts rows under their day, and what stands before the first day under none', () => {
    const notices = [{ id: 1, afterSeq: 0, text: 'a' }];
    const tomorrow = aMessage(2, { sentAt: at(noon + 24 * 60 * minute) });
    const days = daysOf(allRows(aChannel([aMessage(1), tomorrow], { notices })));
    expect(days.map(({ date, rows }) => [date, outline(rows)])).toEqual([
      ['', ['notice']], ['2026-05-04', [1]], ['2026-05-05', [2]],
    ]);
    expect(daysOf([])).toEqual([]);
  });
});

describe('withoutHidden', () => {
  it('leaves out what some people wrote, without a gap, and never what is one’s own', () => {
    const channel = aChannel([
      aMessage(1, { author: 'Ben', authorId: 'ben' }), aMessage(2), aMessage(3, { author: 'BEN', authorId: 'ben2' }), aMessage(4, { author: 'Benno', authorId: 'benno' }),
    ]);
    expect(outline(withoutHidden(allRows(channel), ['ben', 'ada']))).toEqual(['day', 2, 4]);
    expect(withoutHidden(allRows(channel), []).length).toBe(5);
  });
});
