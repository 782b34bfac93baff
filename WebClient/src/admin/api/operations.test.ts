import { describe, expect, it } from 'vitest';
import openapi from '../../../../docs/openapi.json';
import { addressOf, operations } from './operations';
import typesSource from './types.ts?raw';

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}
const paths = openapi.paths as unknown as Readonly<Record<string, Readonly<Record<string, Described>>>>;
const schemas = openapi.components.schemas as unknown as Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>>;
const files = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.ts'], { query: '?raw', import: 'default', eager: true });

/** What the document has under a name for each use, or does not describe: what is told in streams, which a test of the server compares (ConsoleContractTests). */
const unnamed = new Set(['Page', 'InspectedPdu', 'InspectedField', 'InspectedPart', 'ViolatedRule']);

describe('what the console asks for', () => {
  it.each(Object.entries(operations))('is an operation of the public API: %s', (_, { method, path, query }) => {
    const described = paths[path]?.[method.toLowerCase()];
    expect([method, path, described !== undefined]).toEqual([method, path, true]);
    const known = (described?.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    expect(query.filter((name) => !known.includes(name))).toEqual([]);
  });

  it('is read as the API writes it: every type has the members of the document’s', () => {
    const types = [...typesSource.matchAll(/export interface (\w+)(?:<\w+>)? \{\n([\s\S]*?)\n\}/g)];
    expect(types.length).toBeGreaterThan(30);
    const wrong = types.flatMap(([, name = '', body = '']) => {
      if (unnamed.has(name)) return [];
      const members = [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1] ?? '').sort();
      const properties = Object.keys(schemas[name]?.properties ?? { [`no schema ${name}`]: null }).sort();
      return JSON.stringify(members) === JSON.stringify(properties) ? [] : [{ name, members, properties }];
    });
    expect(wrong).toEqual([]);
  });

  it('goes through the one client and the two streams, nowhere else', () => {
    const asking = Object.entries(files).filter(([, text]) => /\bfetch\(|new EventSource|XMLHttpRequest|sendBeacon/.test(text)).map(([file]) => file);
    expect(asking).toEqual(['../main.tsx']);
    const naming = Object.entries(files).filter(([, text]) => /['"`]\/api\//.test(text)).map(([file]) => file);
    // The table of operations, and the one look at what a job's result is.
    expect(naming.sort()).toEqual(['../screens/jobs.tsx', './operations.ts']);
  });
});

describe('addressOf', () => {
  it('fills in the path and leaves out what is empty', () => {
    expect(addressOf(operations.getChannel, { name: '@a/b' })).toBe('/api/v1/channels/%40a%2Fb');
    expect(addressOf(operations.listConnections, {}, { kind: 'web', state: '', username: null, limit: 5 })).toBe('/api/v1/connections?kind=web&limit=5');
    expect(addressOf(operations.previewBan, {}, { dryRun: true })).toBe('/api/v1/bans?dryRun=true');
  });

  it('does not ask with what the operation does not know', () => {
    expect(() => addressOf(operations.getServer, {}, { kind: 'web' })).toThrow('kind');
    expect(() => addressOf(operations.getChannel)).toThrow('name');
  });
});
