import { describe, expect, it } from 'vitest';

const sheets = import.meta.glob<string>('./*.css', { query: '?raw', import: 'default', eager: true });

describe('the console’s style sheets', () => {
  it('take their colours from tokens.css, where a test computes their contrast', () => {
    expect(Object.keys(sheets).length).toBeGreaterThan(4);
    expect(Object.entries(sheets).flatMap(([file, text]) => [...text.matchAll(/: [^;]*(?:#[0-9a-f]{3,8}\b|light-dark|rgb|hsl)/g)].map(([found]) => file + found))).toEqual([]);
  });
});
