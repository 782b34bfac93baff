import { describe, expect, it } from 'vitest';
import { mentions } from './mentions';

describe('mentions', () => {
  it.each(['@anna', 'hi @Anna!', '(@ANNA)', '@annab and @anna', 'a\n@anna'])('finds anna in %j', (text) => {
    expect(mentions(text, 'anna')).toBe(true);
  });

  it.each(['anna', '@annabel', 'x@anna', '@ann', '@anna2', ''])('does not find anna in %j', (text) => {
    expect(mentions(text, 'anna')).toBe(false);
  });

  it('finds names of signs', () => {
    expect(mentions('hi @a.b+c!', 'a.b+c')).toBe(true);
    expect(mentions('@', '')).toBe(false);
  });
});
