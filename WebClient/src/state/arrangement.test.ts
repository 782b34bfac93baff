import { describe, expect, it } from 'vitest';
import { arranged, cared, careFor, defaultArrangement, hiddenChanged, isHidden, isListed, isQuiet, isStill, moved, parseArrangement } from './arrangement';

const channels = (...keys: readonly string[]): { key: string; counts: boolean }[] => keys.map((key) => ({ key, counts: key.endsWith('!') }));
const keysOf = (list: readonly { readonly key: string }[]): string => list.map(({ key }) => key).join(' ');

describe('arranged', () => {
  it('keeps the order of entering until the reader has another one', () => {
    expect(keysOf(arranged(defaultArrangement, channels('b', 'a', 'c')))).toBe('b a c');
    expect(keysOf(arranged({ ...defaultArrangement, order: ['c', 'gone', 'b'] }, channels('b', 'a', 'c')))).toBe('c b a');
  });

  it('puts pinned channels first, then unread ones if that is wanted', () => {
    const pinned = cared(defaultArrangement, 'c', { pinned: true });
    expect(keysOf(arranged(pinned, channels('a', 'b!', 'c')))).toBe('c a b!');
    expect(keysOf(arranged({ ...pinned, unreadFirst: true }, channels('a', 'b!', 'c')))).toBe('c b! a');
  });
});

describe('moved', () => {
  it('takes the place of another, in both directions', () => {
    expect(moved(defaultArrangement, ['a', 'b', 'c'], 'c', 'a').order).toEqual(['c', 'a', 'b']);
    expect(moved(defaultArrangement, ['a', 'b', 'c'], 'a', 'b').order).toEqual(['b', 'a', 'c']);
    expect(moved(defaultArrangement, ['a', 'b'], 'a', 'gone')).toBe(defaultArrangement);
  });

  it('is pinned among the pinned and is not below them', () => {
    const pinned = cared(defaultArrangement, 'a', { pinned: true });
    const among = moved(pinned, ['a', 'b', 'c'], 'c', 'a');
    expect([careFor(among, 'c').pinned, among.order]).toEqual([true, ['c', 'a', 'b']]);
    expect(careFor(moved(among, ['c', 'a', 'b'], 'c', 'b'), 'c')).toEqual({});
  });
});

describe('an arrangement', () => {
  it('forgets a channel that is kept like the others', () => {
    const muted = cared(defaultArrangement, 'a', { muted: true, level: 'all' });
    expect(muted.channels).toEqual({ a: { muted: true, level: 'all' } });
    expect(cared(muted, 'a', { muted: false, level: undefined }).channels).toEqual({});
  });

  it('lists a hidden channel only while it is on the screen or mentions its reader', () => {
    const care = careFor(cared(defaultArrangement, 'a', { hidden: true }), 'a');
    expect([isListed(care, false, 0), isListed(care, true, 0), isListed(care, false, 1)]).toEqual([false, true, true]);
    expect(isListed({ muted: true }, false, 0)).toBe(true);
    expect([isStill(care), isStill({ muted: true }), isStill({ pinned: true })]).toEqual([true, true, false]);
  });

  it('leaves a hidden channel its place while others are moved', () => {
    const hidden = cared(defaultArrangement, 'b', { hidden: true });
    expect(moved(hidden, ['a', 'b', 'c'], 'c', 'a').order).toEqual(['c', 'a', 'b']);
    expect(keysOf(arranged(hidden, channels('a', 'b', 'c')))).toBe('a b c');
  });

  it('hides people whatever the case of their name', () => {
    const hidden = hiddenChanged(hiddenChanged(defaultArrangement, 'Ben', true), 'BEN', true);
    expect([hidden.hidden, isHidden(hidden, 'bEn'), isHidden(hidden, 'ben2')]).toEqual([['ben'], true, false]);
    expect(hiddenChanged(hidden, 'ben', false).hidden).toEqual([]);
  });

  it('is read as it was stored', () => {
    const whole = {
      ...cared(hiddenChanged(defaultArrangement, 'Ben', true), 'a', { pinned: true, muted: true, hidden: true, level: 'nothing' }),
      notify: true, level: 'all', quiet: { from: 1320, to: 420 }, unreadFirst: true, order: ['b', 'a'],
    } as const;
    expect(parseArrangement(JSON.stringify(whole))).toEqual(whole);
  });

  it.each([null, '', '7', '{', '[]', '{"notify":1,"level":"loud","quiet":{"from":-1,"to":1440},"order":7,"channels":null,"hidden":{}}'])(
    'is as at first after %j',
    (stored) => expect(parseArrangement(stored)).toEqual(defaultArrangement),
  );
});

describe('isQuiet', () => {
  it.each([
    [{ from: 60, to: 120 }, [59, 60, 119, 120], [false, true, true, false]],
    [{ from: 1380, to: 60 }, [1379, 1380, 0, 59, 60], [false, true, true, true, false]],
    [{ from: 60, to: 60 }, [60], [false]],
    [null, [0], [false]],
  ] as const)('within %j', (quiet, minutes, expected) => {
    expect(minutes.map((minute) => isQuiet(quiet, minute))).toEqual(expected);
  });
});
