import { describe, expect, it } from 'vitest';
import type { Entry } from '../../i18n/catalogue';
import { en } from './en';
import { ja } from './ja';

const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts', '!./en.ts', '!./ja.ts'], { query: '?raw', import: 'default', eager: true });
const source = Object.values(files).join('\n');
const keys = Object.keys(en);

const forms = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const places = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))].sort();
/** Every text constant, and every template as a pattern: `jobs.state.${state}`. The compiler knows what a template's places can be, and refuses keys that are not there. */
const constants = new Set([...source.matchAll(/'([\w.-]+)'/g)].map((match) => match[1] ?? ''));
const templates = [...source.matchAll(/\bt\(`([^`]+)`/g)].map((match) => new RegExp(`^${(match[1] ?? '').replaceAll('.', '\\.').replace(/\$\{[^}]+\}/g, '[\\w-]+')}$`));

describe('the console’s catalogue', () => {
  it('is compared with a source in which there is something to find', () => {
    expect(Object.keys(files).length).toBeGreaterThan(40);
    expect(templates.length).toBeGreaterThan(20);
  });

  it('has no key that nobody asks for', () => {
    expect(keys.filter((key) => !constants.has(key) && !templates.some((template) => template.test(key)))).toEqual([]);
  });

  it('has the same keys, places and plurals in Japanese', () => {
    expect(Object.keys(ja)).toEqual(keys);
    const meaning = (texts: Readonly<Record<string, Entry>>): unknown[] =>
      Object.entries(texts).map(([key, entry]) => [key, typeof entry, ...places(forms(entry)[0] ?? '')]);
    expect(meaning(ja)).toEqual(meaning(en));
  });

  it('is written in Japanese: each sentence but names and patterns', () => {
    const same = Object.entries<Entry>(ja).filter(([, entry]) => forms(entry).every((text) => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(text)));
    expect(same.map(([key]) => key)).toEqual([]);
  });

  it('says in each plural form what it says in the others, in every form that its language knows', () => {
    for (const [tag, texts] of Object.entries<Readonly<Record<string, Entry>>>({ en, ja })) {
      const known = new Intl.PluralRules(tag).resolvedOptions().pluralCategories.sort();
      for (const [key, entry] of Object.entries(texts)) {
        const [first = '', ...others] = forms(entry);
        for (const other of others) expect([key, ...places(other)]).toEqual([key, ...places(first)]);
        if (typeof entry !== 'string') expect([key, ...Object.keys(entry).sort()]).toEqual([key, ...known]);
      }
    }
  });
});
