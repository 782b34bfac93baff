import { describe, expect, it } from 'vitest';
import { allKeys, entryOf, keyOf, logKeys, pageKeys } from './keys';

const press = (key: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
  ({ key, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...more }) as KeyboardEvent;

describe('keys', () => {
  it('are found in their table, whatever a sign needs to be typed', () => {
    expect(entryOf(pageKeys, keyOf(press('/', { shiftKey: true })))).toBe('search');
    expect(entryOf(pageKeys, keyOf(press('f', { ctrlKey: true, shiftKey: true })))).toBe('search');
    expect(entryOf(pageKeys, keyOf(press('Escape', { shiftKey: true })))).toBe('markAllRead');
    expect(entryOf(pageKeys, keyOf(press('?', { shiftKey: true })))).toBe('help');
    expect(entryOf(logKeys, keyOf(press('End', { ctrlKey: true })))).toBe('newest');
    expect(entryOf(logKeys, keyOf(press('j')))).toBe('down');
    expect(entryOf(pageKeys, keyOf(press('k', { ctrlKey: true })))).toBe('switcher');
    expect(entryOf(pageKeys, keyOf(press('ArrowUp', { altKey: true, shiftKey: true })))).toBe('unreadAbove');
    expect(entryOf(pageKeys, keyOf(press('a', { altKey: true })))).toBe('firstUnread');
    expect(keyOf(press('+', { shiftKey: true }))).toBe('+');
  });

  it('of others are none of the page’s', () => {
    expect(keyOf(press('r', { altKey: true, ctrlKey: true }))).toBeNull();
    expect(keyOf(press('r', { metaKey: true }))).toBeNull();
    for (const event of [press('f', { ctrlKey: true }), press('ArrowUp', { shiftKey: true }), press('J', { shiftKey: true }), press('c', { ctrlKey: true }), press('r', { altKey: true }), press('t', { ctrlKey: true }), press('w', { ctrlKey: true }), press('l', { ctrlKey: true })]) {
      expect(entryOf(logKeys, keyOf(event))).toBeNull();
      expect(entryOf(pageKeys, keyOf(event))).toBeNull();
    }
  });

  it('do one thing in one place', () => {
    for (const { shortcuts } of allKeys) {
      const keys = shortcuts.flatMap((shortcut) => shortcut.keys);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });
});
