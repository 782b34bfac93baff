import { describe, expect, it } from 'vitest';
import { folded } from './folding';
import { parseMarkdown } from './markdown';

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n');

describe('a long message', () => {
  it('is shown whole up to 20 lines', () => {
    expect(folded(lines(20))).toBeNull();
    expect(folded(lines(21))).toBe(lines(20));
  });

  it('is long also if its lines are', () => {
    expect(folded('x'.repeat(1_800))).toBeNull();
    expect(folded('x'.repeat(1_801))).toBe(`${'x'.repeat(1_800)}…`);
    expect(folded(`${'x'.repeat(1_700)}\n${lines(2)}`)).toBe(`${'x'.repeat(1_700)}\nline 1`);
  });

  it('never ends in half a character', () => {
    expect(folded(`${'x'.repeat(1_799)}${'😀'.repeat(9)}`)).toBe(`${'x'.repeat(1_799)}…`);
  });

  it('ends its code where it is cut', () => {
    const cut = folded(`\`\`\`cs\n${lines(40)}\n\`\`\``) ?? '';
    expect(parseMarkdown(cut)).toEqual([{ kind: 'code', language: 'cs', text: lines(19) }]);
  });
});
