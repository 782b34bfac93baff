import { expect, it } from 'vitest';
import { emojiFor } from './completion';
import { emojiTable } from './emojiTable';

it('has each short name once, and an emoji behind each', () => {
  expect(emojiTable.length).toBeGreaterThan(500);
  expect(new Set(emojiTable.map(([name]) => name)).size).toBe(emojiTable.length);
  expect(emojiTable.filter(([name]) => !/^[a-z0-9_+-]+$/.test(name))).toEqual([]);
  // Each is one character to its reader, and none that the server would refuse as a reaction.
  const parts = new Intl.Segmenter('en', { granularity: 'grapheme' });
  expect(emojiTable.filter(([, sign]) => [...parts.segment(sign)].length !== 1 || !/\p{Emoji}/u.test(sign) || sign.length > 16)).toEqual([]);
});

it('finds by any part of the name, the whole name first', () => {
  expect(emojiFor('tea', emojiTable)[0]).toEqual(['tea', '🍵']);
  expect(emojiFor('Rolling Eyes'.slice(5), emojiTable)).toEqual([]);
  expect(emojiFor('white check', emojiTable)[0]).toEqual(['white_check_mark', '✅']);
});
