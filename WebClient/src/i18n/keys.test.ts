import { describe, expect, it } from 'vitest';
import type { Entry } from './catalogue';
import { en } from './en';

const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../testing/**', '!./en.ts'], {
  query: '?raw', import: 'default', eager: true,
});
const source = Object.values(files).join('\n');
const keys = Object.keys(en);

/** What stands between the brackets of each call of `t`, as far as its key reaches; brackets within belong to it. */
const calls = [...source.matchAll(/\bt\(((?:[^(){},]|\[[^\]]*\])+)/g)].map((match) => match[1] ?? '');
const quoted = (text: string): string[] => [...text.matchAll(/'([\w.-]+)'/g)].map((match) => match[1] ?? '');
/** Every text constant of the page, wherever it stands: keys are also held in tables. */
const constants = new Set(quoted(source));

const forms = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const places = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();

describe('the catalogue', () => {
  it('is compared with a source in which there is something to find', () => {
    expect(Object.keys(files).length).toBeGreaterThan(40);
    expect(calls.length).toBeGreaterThan(60);
  });

  it('has every key that is asked for', () => {
    const asked = calls.flatMap(quoted);
    expect(asked.filter((key) => !keys.includes(key))).toEqual([]);
  });

  it('has every key that a table holds', () => {
    const groups = new Set(keys.map((key) => key.split('.')[0] ?? ''));
    // Object keys of tables, such as 'username-taken', have no point; a file name has one, but no group before it.
    const looksLikeKey = (text: string): boolean => /^[a-zA-Z]+(\.[a-zA-Z-]+)+$/.test(text) && groups.has(text.split('.')[0] ?? '');
    expect([...constants].filter((text) => looksLikeKey(text) && !keys.includes(text))).toEqual([]);
  });

  it('has no key that nobody asks for', () => {
    expect(keys.filter((key) => !constants.has(key))).toEqual([]);
  });

  it('says in each plural form what it says in the others', () => {
    for (const [key, entry] of Object.entries<Entry>(en)) {
      const [first = '', ...others] = forms(entry);
      for (const other of others) expect([key, ...places(other)]).toEqual([key, ...places(first)]);
      expect(forms(entry).every((text) => text.trim() !== '')).toBe(true);
    }
  });
});
