import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aState } from '../testing/builders';
import { activated } from './channels';
import { newChannel, type Channel, type ChatState } from './chatState';
import { firstUnread, neighbour, switchable } from './switching';

const channel = (name: string, unread = false): Channel => ({
  ...newChannel(name), ...aChannel([aMessage(1, { authorId: 'ben' })], { readSeq: unread ? 0 : 1 }), key: name, name,
});
const state = (...channels: Channel[]): ChatState => aState(...channels);
const name = (of: Channel | null): string | null => of?.name ?? null;

describe('switching channels', () => {
  const four = state(channel('@a'), channel('@b', true), channel('@c'), channel('@d', true));

  it('goes up and down, around the ends', () => {
    expect(name(neighbour(four, 1, false))).toBe('@b');
    expect(name(neighbour(four, -1, false))).toBe('@d');
    expect(name(neighbour({ ...four, active: '@d' }, 1, false))).toBe('@a');
    expect(name(neighbour({ ...four, active: null }, 1, false))).toBe('@a');
    expect(name(neighbour({ ...four, active: null }, -1, false))).toBe('@d');
  });

  it('passes over what is read, if wanted', () => {
    expect(name(neighbour({ ...four, active: '@b' }, 1, true))).toBe('@d');
    expect(name(neighbour({ ...four, active: '@d' }, 1, true))).toBe('@b');
    expect(name(firstUnread(four))).toBe('@b');
    expect(neighbour(state(channel('@a'), channel('@b')), 1, true)).toBeNull();
    expect(firstUnread(state(channel('@a')))).toBeNull();
    expect(neighbour(state(channel('@a')), 1, false)).toBeNull();
  });

  it('offers those shown last first, the one on the screen at the end', () => {
    let shown = four;
    for (const key of ['@d', '@b', '@a']) shown = activated({ ...shown, active: null }, key);
    expect(switchable(shown, '').map(({ name: of }) => of)).toEqual(['@b', '@d', '@c', '@a']);
    expect(switchable(shown, '@c').map(({ name: of }) => of)).toEqual(['@c']);
  });
});
