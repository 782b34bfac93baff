import { describe, expect, it } from 'vitest';
import type { Entry } from './catalogue';
import { en as first } from './en';
import { enLate } from './enLate';
import { ja } from './ja';

const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../testing/**', '!../admin/**', '!./en*.ts', '!./ja*.ts'], {
  query: '?raw', import: 'default', eager: true,
});
const en = { ...first, ...enLate };
const source = Object.values(files).join('\n');
const keys = Object.keys(en);

/** The file that an import in another one names; empty if it is none of these. */
function fileOf(from: string, path: string): string {
  const { pathname } = new URL(path, new URL(from, 'file:///src/i18n/'));
  const name = pathname.startsWith('/src/i18n/') ? `./${pathname.slice('/src/i18n/'.length)}` : `../${pathname.slice('/src/'.length)}`;
  return [`${name}.ts`, `${name}.tsx`, `${name}/index.ts`].find((candidate) => candidate in files) ?? '';
}

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

  it('has what it says late only where that is loaded', () => {
    const late = Object.keys(enLate);
    const asks = (name: string): boolean => quoted(files[name] ?? '').some((key) => late.includes(key));
    const named = (pattern: RegExp, name: string): string[] =>
      [...(files[name] ?? '').matchAll(pattern)].map((match) => fileOf(name, match[1] ?? '')).filter((found) => found !== '');
    const staticOf = (name: string): string[] => named(/^(?:import|export)\b(?! type)[^;]*?'(\.[^']*)';/gm, name);
    const reached = (from: string, seen = new Set<string>()): Set<string> => {
      if (!seen.has(from)) {
        seen.add(from);
        for (const next of staticOf(from)) reached(next, seen);
      }
      return seen;
    };
    const first = reached('../main.tsx');
    const parts = new Set(Object.keys(files).flatMap((name) => named(/import\('(\.[^']*)'\)/g, name)));
    expect([late.length, first.size, parts.size].map((count) => count > 5)).toEqual([true, true, true]);
    expect([...first].filter(asks)).toEqual([]);
    const withLate = [...parts].filter((part) => [...reached(part)].some(asks));
    expect(withLate.filter((part) => !reached(part).has('./late.ts'))).toEqual([]);
    // Nothing of it is left that is reached neither at first nor by a part.
    const all = new Set([...first, ...[...parts].flatMap((part) => [...reached(part)])]);
    expect(Object.keys(files).filter((name) => asks(name) && !all.has(name))).toEqual([]);
  });

  it('says in each plural form what it says in the others', () => {
    for (const [language, texts] of Object.entries<Readonly<Record<string, Entry>>>({ en, ja })) {
      for (const [key, entry] of Object.entries(texts)) {
        const [first = '', ...others] = forms(entry);
        for (const other of others) expect([language, key, ...places(other)]).toEqual([language, key, ...places(first)]);
        expect(forms(entry).every((text) => text.trim() !== '')).toBe(true);
      }
    }
  });

  it('has the same keys, places and plurals in Japanese', () => {
    expect(Object.keys(ja)).toEqual(keys);
    const meaning = (texts: Readonly<Record<string, Entry>>): unknown[] =>
      Object.entries(texts).map(([key, entry]) => [key, typeof entry, ...places(forms(entry)[0] ?? '')]);
    expect(meaning(ja)).toEqual(meaning(en));
  });

  it('is written in Japanese: each sentence but names and patterns', () => {
    const same = Object.entries<Entry>(ja).filter(([, entry]) => forms(entry).every((text) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text)));
    expect(same.map(([key]) => key)).toEqual([
      'app.name', 'app.title.channel', 'app.title.unread', 'channels.announce.none', 'message.action', 'composer.replacement',
    ]);
  });

  it('has each plural form that its language knows', () => {
    const formsOf = (tag: string): string[] => new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort();
    for (const [tag, texts] of Object.entries<Readonly<Record<string, Entry>>>({ en, ja })) {
      for (const [key, entry] of Object.entries(texts)) {
        if (typeof entry !== 'string') expect([key, ...Object.keys(entry).sort()]).toEqual([key, ...formsOf(tag)]);
      }
    }
  });
});
