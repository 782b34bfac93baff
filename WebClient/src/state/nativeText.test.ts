import { describe, expect, it } from 'vitest';
import { isIdentical, plainPreview } from './nativeText';

describe('plainPreview', () => {
  it('counts one byte for each character of a plain line that fits', () => {
    expect(plainPreview('Hi, ~all!', 9)).toEqual({ lines: ['Hi, ~all!'], bytes: 9, replacements: [] });
  });

  it('has no line for an empty text', () => {
    expect(plainPreview('', 9)).toEqual({ lines: [], bytes: 0, replacements: [] });
  });

  it('leaves a text of several parts to the server', () => {
    expect(plainPreview('1234567890', 9)).toBeNull();
  });

  it.each(['caf\u00e9', 'two\nlines', 'a\tb', '\u{1f600}', '\x7f', '\x1b[0m', 'ends in a line break\n'])(
    'leaves what native clients see otherwise to the server: %j',
    (text) => expect(plainPreview(text, 400)).toBeNull(),
  );
});

describe('isIdentical', () => {
  const preview = (...lines: readonly string[]) => ({ lines, bytes: 0, replacements: [] });

  it('is true for one line that reads like the text only', () => {
    expect(isIdentical(preview('same'), 'same')).toBe(true);
    expect(isIdentical(preview('cafe'), 'caf\u00e9')).toBe(false);
    expect(isIdentical(preview('same', 'again'), 'same')).toBe(false);
    expect(isIdentical(preview(), '')).toBe(false);
  });
});
