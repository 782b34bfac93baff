import { describe, expect, it } from 'vitest';
import { aHit, aMessage } from '../testing/builders';
import {
  answered, cleared, continued, emptySearch, failed, grouped, isScopeOnly, scope, searching, subject, typed, widened, mentionsOf,
} from './search';

const page = { hits: [aHit(2)], next: 'further', incomplete: false };

describe('a search', () => {
  it('shows the hits of the last answer until the next one is there', () => {
    const found = answered(searching(typed(emptySearch, 'a')), 'a', page);
    expect(found).toMatchObject({ found: 'a', phase: 'idle', next: 'further' });
    expect(searching(typed(found, 'ab')).hits).toHaveLength(1);
  });

  it('puts further pages behind, no hit twice', () => {
    const more = continued(answered(emptySearch, 'a', page), { hits: [aHit(2), aHit(1)], next: null, incomplete: true });
    expect(more.hits.map((hit) => hit.message.seq)).toEqual([2, 1]);
    expect(more).toMatchObject({ next: null, incomplete: true });
  });

  it('knows when a limit will have passed, and forgets a problem when the query changes', () => {
    const limited = failed(emptySearch, { code: 'rate-limited', detail: 'Slow down.', retryAfterSeconds: 3 }, 1_000);
    expect(limited.passesAt).toBe(4_000);
    expect(typed(limited, 'b')).toMatchObject({ problem: null, passesAt: null });
    expect(failed(emptySearch, { code: 'query-invalid', detail: 'No.' }, 1_000).passesAt).toBeNull();
  });

  it('forgets its hits with its query', () => {
    expect(cleared(typed(answered(emptySearch, 'a', page), ''))).toEqual(emptySearch);
  });
});

describe('hits', () => {
  it('are grouped by channel as they follow one another', () => {
    const other = aHit(7, { message: aMessage(7, { channel: '@other' }) });
    expect(grouped([aHit(3), aHit(2), other, aHit(1)]).map(({ channel, hits }) => [channel, hits.length])).toEqual([
      ['@general', 2], ['@other', 1], ['@general', 1],
    ]);
    expect(grouped([])).toEqual([]);
  });
});

describe('a query', () => {
  it('says what and where', () => {
    expect([subject('in:@dev tea  time'), scope('in:@dev tea')]).toEqual(['tea time', '@dev']);
    expect([subject('tea'), scope('tea')]).toEqual(['tea', null]);
    expect(scope('begin:@dev')).toBeNull();
  });

  it.each([['', true], ['in:@dev ', true], ['in:@dev x', false], ['from:anna', false]])('%j only says where: %j', (query, only) => {
    expect(isScopeOnly(query)).toBe(only);
  });

  it.each([
    ['in:@dev tea', 'tea'],
    ['IN:@dev from:anna tea', 'from:anna tea'],
    ['after:2026-11-01 tea before:2026-12-01', 'tea'],
    ['from:anna tea', 'tea'],
    ['"green tea"', 'green tea'],
    ['green tea', 'green tea*'],
    ['tea*', null],
    ['from:anna', null],
    ['in:@dev', null],
  ])('%s is widened to %s', (query, wider) => {
    expect(widened(query)).toBe(wider);
  });
});

it('asks for mentions of a name, also of one with a space', () => {
  expect(mentionsOf('Anna')).toBe('mentions:Anna');
  expect(mentionsOf('anna b')).toBe('mentions:"anna b"');
});
