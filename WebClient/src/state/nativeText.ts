import type { NativePreview } from '../connection/contract';

/**
 * How native members see a text, where that needs no server: one line of printable ASCII that fits one PDU reaches them as it is.
 * Null means the server must be asked.
 */
export function plainPreview(text: string, lineBytes: number): NativePreview | null {
  const isPlain = text.length <= lineBytes && /^[ -~]*$/.test(text);
  return isPlain ? { lines: text === '' ? [] : [text], bytes: text.length, replacements: [] } : null;
}

export const isIdentical = (preview: NativePreview, text: string): boolean =>
  preview.lines.length === 1 && preview.lines[0] === text;
