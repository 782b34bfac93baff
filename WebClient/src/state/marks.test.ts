import { describe, expect, it } from 'vitest';
import { markedTexts } from './marks';

const shown = (text: string, matches: readonly (readonly [number, number])[], limit = 1_000): string =>
  markedTexts(text, matches.map(([start, length]) => ({ start, length })), limit)
    .map(({ text: piece, marked }) => (marked ? `[${piece}]` : piece))
    .join('');

describe('markedTexts', () => {
  it('marks the matches and keeps what is between them', () => {
    expect(shown('green tea and tea', [[6, 3], [14, 3]])).toBe('green [tea] and [tea]');
    expect(shown('tea', [[0, 3]])).toBe('[tea]');
    expect(shown('no words', [])).toBe('no words');
  });

  it('counts in UTF-16 code units, as the server does', () => {
    expect(shown('🍵 tea', [[3, 3]])).toBe('🍵 [tea]');
  });

  it('shows control characters as symbols without moving the marks', () => {
    expect(shown('a\u0007b tea', [[4, 3]])).toBe('a␇b [tea]');
  });

  it('is not led astray by matches that cannot be', () => {
    expect(shown('tea', [[9, 3]])).toBe('tea');
    expect(shown('tea', [[1, 99]])).toBe('t[ea]');
    expect(shown('teapot', [[0, 3], [1, 3]])).toBe('[tea]pot');
  });

  it('shows the surroundings of the first match of a long text', () => {
    const text = `${'word '.repeat(100)}tea ${'more '.repeat(100)}`;
    const cut = shown(text, [[500, 3]], 200);
    expect(cut).toMatch(/^…word .*\[tea\] more .*…$/);
    expect(cut.length).toBeLessThan(210);
    expect(shown(text, [], 20)).toBe('word word word word …');
    expect(shown('x'.repeat(50), [[45, 2]], 20)).toContain('[xx]');
  });

  it('cuts no character in halves', () => {
    const cut = markedTexts('🍵'.repeat(50), [{ start: 80, length: 2 }], 21).map(({ text }) => text).join('');
    expect(() => encodeURIComponent(cut)).not.toThrow();
  });
});
