import { describe, expect, it } from 'vitest';
import vectors from '../../../tests/Vectors/mentions.json';
import { mentions, piecesOf } from './mentions';

describe('a mention', () => {
  it.each(vectors)('$text mentions $name: $mentioned', ({ text, name, mentioned }) => {
    expect(mentions(text, name)).toBe(mentioned);
  });

  const known = { names: new Set(['anna', 'anna b', 'dev']), channels: new Set(['@dev', '@general']) };

  it('is the longest name that fits, in the letter case of its author', () => {
    expect(piecesOf('@Anna B and @anna', known)).toEqual([
      { kind: 'mention', text: '@Anna B', name: 'anna b' },
      { kind: 'text', text: ' and ', name: '' },
      { kind: 'mention', text: '@anna', name: 'anna' },
    ]);
  });

  it('comes before a channel of the same name; other channels are named, too', () => {
    expect(piecesOf('@dev, @General', known).map(({ kind, name }) => [kind, name])).toEqual([['mention', 'dev'], ['text', ''], ['channel', '@general']]);
  });

  it('of nobody known is text', () => {
    expect(piecesOf('@zoe', known)).toEqual([{ kind: 'text', text: '@zoe', name: '' }]);
    expect(piecesOf('', known)).toEqual([{ kind: 'text', text: '', name: '' }]);
  });
});
