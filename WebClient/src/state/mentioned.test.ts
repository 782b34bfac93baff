import { describe, expect, it } from 'vitest';
import { mentioned } from './mentioned';

describe('mentioned', () => {
  it.each([
    ['', 0, 0, '@ben |'],
    ['hi', 2, 2, 'hi @ben |'],
    ['hi there', 3, 3, 'hi @ben |there'],
    ['hi there', 2, 2, 'hi @ben |there'],
    ['hi all of you', 3, 6, 'hi @ben |of you'],
  ])('sets a mention off in %j', (text, from, to, expected) => {
    const done = mentioned(text, from, to, 'ben');
    expect(`${done.text.slice(0, done.cursor)}|${done.text.slice(done.cursor)}`).toBe(expected);
  });
});
