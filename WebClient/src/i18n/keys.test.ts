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
    const dialogs = [...(files['../view/lateDialogs.tsx'] ?? '').matchAll(/from '\.\/(\w+)'/g)].map((match) => `../view/${match[1]}.tsx`);
    const askers = Object.entries(files).filter(([, text]) => quoted(text).some((key) => late.includes(key))).map(([name]) => name);
    expect(late.length).toBeGreaterThan(20);
    expect(askers.filter((name) => !dialogs.includes(name))).toEqual([]);
    // Each dialog is loaded there and nowhere else.
    expect(askers.filter((name) => source.split(`'./${name.slice('../view/'.length, -'.tsx'.length)}'`).length !== 2)).toEqual([]);
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
