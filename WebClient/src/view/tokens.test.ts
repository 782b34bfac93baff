import { describe, expect, it } from 'vitest';
import { nameColors } from '../state/nameColor';

const sheets = import.meta.glob<string>('../styles/*.css', { query: '?raw', import: 'default', eager: true });
const sheet = sheets['../styles/tokens.css'] ?? '';

type Colors = ReadonlyMap<string, string>;

/** The colours of a rule: the light ones, or the dark ones. */
function colorsOf(selector: string, side: 0 | 1): Colors {
  const rule = sheet.slice(sheet.indexOf(`\n${selector} {`)).split('\n}')[0] ?? '';
  const pairs = [...rule.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)];
  return new Map(pairs.map(([, name = '', light = '', dark = '']) => [name, [light, dark][side] ?? '']));
}

/** Relative luminance as WCAG 2 defines it, of `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const papers = ['paper', 'paper-low', 'paper-high', 'hover', 'wash'];
const names = Array.from({ length: nameColors }, (_, i) => `name-${i}`);
/** Which text stands on which ground. */
const texts: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['ink', 'ink-soft'], [...papers, 'banner', 'error-ground']],
  [['accent', 'error', 'late', ...names], papers],
  [['error'], ['error-ground']],
  [['new'], ['paper']],
  [['ink'], ['mark', 'selection']],
  [['on-accent'], ['accent-ground', 'accent-ground-hover']],
  [['on-new'], ['new-ground']],
];
const marks: typeof texts = [
  [['line-strong', 'accent', 'good', 'late', 'error'], ['paper', 'paper-low', 'paper-high']],
  [['second-mark'], ['accent-ground']],
];

function tooClose(colors: Colors, pairs: typeof texts, least: number): string[] {
  const get = (name: string): string => colors.get(name) ?? `no --${name}`;
  return pairs.flatMap(([fore, grounds]) =>
    fore.flatMap((text) =>
      grounds
        .filter((ground) => !(contrast(get(text), get(ground)) >= least))
        .map((ground) => `${text} on ${ground}: ${contrast(get(text), get(ground)).toFixed(2)}`),
    ),
  );
}

describe('the colours', () => {
  it.each([['light', 0], ['dark', 1]] as const)('reach 4.5:1 for text and 3:1 for marks: %s', (_, side) => {
    const colors = colorsOf(':root', side);
    expect(tooClose(colors, texts, 4.5)).toEqual([]);
    expect(tooClose(colors, marks, 3)).toEqual([]);
  });

  it.each([['white', 0], ['black', 1]] as const)('reach 7:1 for text and 3:1 for marks and edges in high contrast: on %s', (_, side) => {
    const colors = colorsOf(":root[data-theme='contrast']", side);
    expect(tooClose(colors, texts, 7)).toEqual([]);
    expect(tooClose(colors, [...marks, [['line'], papers]], 3)).toEqual([]);
  });

  it('are all set anew in high contrast', () => {
    const [usual, high] = [colorsOf(':root', 0), colorsOf(":root[data-theme='contrast']", 0)];
    expect([...high.keys()].sort()).toEqual([...usual.keys()].sort());
    expect(usual.size).toBeGreaterThan(30);
  });

  it('stand in tokens.css alone', () => {
    const others = Object.entries(sheets).filter(([file]) => !file.endsWith('/tokens.css'));
    expect(others.length).toBeGreaterThan(10);
    expect(others.flatMap(([file, text]) => [...text.matchAll(/: [^;]*(?:#[0-9a-f]{3,8}\b|light-dark|rgb|hsl)/g)].map(([found]) => file + found))).toEqual([]);
  });
});
