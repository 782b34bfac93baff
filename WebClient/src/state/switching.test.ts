import { describe, expect, it } from 'vitest';
import { aChannel, aMessage, aState } from '../testing/builders';
import { activated } from './channels';
import { newChannel, type Channel, type ChatState } from './chatState';
import { unreadCount } from './reading';
import { neighbour, switchable } from './switching';

const channel = (name: string, unread = false): Channel => ({
  ...newChannel(name), ...aChannel([aMessage(1, { authorId: 'ben' })], { readSeq: unread ? 0 : 1 }), key: name, name,
});
const state = (...channels: Channel[]): ChatState => aState(...channels);
const name = (of: Channel | null): string | null => of?.name ?? null;

describe('switching channels', () => {
  const four = state(channel('@a'), channel('@b', true), channel('@c'), channel('@d', true));

  const listed = [...four.channels.values()];
  const isUnread = (of: Channel): boolean => unreadCount(of, 'ada') > 0;

  it('goes up and down, around the ends', () => {
    expect(name(neighbour(listed, '@a', 1))).toBe('@b');
    expect(name(neighbour(listed, '@a', -1))).toBe('@d');
    expect(name(neighbour(listed, '@d', 1))).toBe('@a');
    expect(name(neighbour(listed, null, 1))).toBe('@a');
    expect(name(neighbour(listed, null, -1))).toBe('@d');
    expect(neighbour([channel('@a')], '@a', 1)).toBeNull();
    expect(neighbour([], null, -1)).toBeNull();
  });

  it('passes over what does not fit, if wanted', () => {
    expect(name(neighbour(listed, '@b', 1, isUnread))).toBe('@d');
    expect(name(neighbour(listed, '@d', 1, isUnread))).toBe('@b');
    expect(name(neighbour(listed, '@d', -1, isUnread))).toBe('@b');
    expect(neighbour([channel('@a'), channel('@b')], '@a', 1, isUnread)).toBeNull();
  });

  it('offers those shown last first, the one on the screen at the end', () => {
    let shown = four;
    for (const key of ['@d', '@b', '@a']) shown = activated({ ...shown, active: null }, key);
    expect(switchable(shown, '').map(({ name: of }) => of)).toEqual(['@b', '@d', '@c', '@a']);
    expect(switchable(shown, '@c').map(({ name: of }) => of)).toEqual(['@c']);
  });
});
