import { describe, expect, it } from 'vitest';
import { nameColor, nameColors } from './nameColor';

const sheets = Object.values(
  import.meta.glob<string>('../styles/{tokens,names}.css', { query: '?raw', import: 'default', eager: true }),
).join('\n');
const numbers = (pattern: RegExp): number[] => [...sheets.matchAll(pattern)].map((match) => Number(match[1])).sort((a, b) => a - b);
const all = Array.from({ length: nameColors }, (_, i) => i);

describe('nameColor', () => {
  it('is the same for a name in any letter case', () => {
    expect(nameColor('ADA')).toBe(nameColor('ada'));
    expect(nameColor('Ada')).toBe(nameColor('ada'));
  });

  it('stays the same from one version of the page to the next', () => {
    expect(['ada', 'bob', 'eve'].map(nameColor)).toEqual([1, 1, 6]);
  });

  it('uses every colour about as often, for short names too', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const names = letters.flatMap((a) => letters.map((b) => a + b));
    const counts = all.map((color) => names.filter((name) => nameColor(name) === color).length);
    const fair = names.length / nameColors;
    expect(Math.min(...counts)).toBeGreaterThan(fair / 2);
    expect(Math.max(...counts)).toBeLessThan(fair * 2);
  });

  it('has a colour and a class in the style sheets for each number', () => {
    // Once for each of the two palettes.
    expect(numbers(/--name-(\d+):/g)).toEqual(all.flatMap((color) => [color, color]));
    expect(numbers(/^\.name-(\d+) \{/gm)).toEqual(all);
  });
});
