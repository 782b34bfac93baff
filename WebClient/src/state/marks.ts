import type { TextRange } from '../connection/contract';
import { showControls } from './text';

/** A stretch of a text, marked if it is what was searched for. */
export interface MarkedText {
  readonly text: string;
  readonly marked: boolean;
}

/** Splits a text at its matches. Of a text that is longer than the limit, the part around the first match is shown. */
export function markedTexts(text: string, matches: readonly TextRange[], limit: number): readonly MarkedText[] {
  const first = matches[0]?.start ?? 0;
  // So much stands before the first match.
  const lead = Math.floor(limit / 5);
  const from = text.length <= limit || first <= lead ? 0 : wordStart(text, Math.min(first - lead, text.length - limit), lead / 2);
  const to = text.length - from <= limit ? text.length : wholeAt(text, from + limit);
  const pieces: MarkedText[] = [];
  const add = (start: number, end: number, marked: boolean): void => {
    if (end > start) pieces.push({ text: showControls(text.slice(start, end)), marked });
  };
  if (from > 0) pieces.push({ text: '…', marked: false });
  let at = from;
  for (const { start, length } of matches) {
    const end = Math.min(start + length, to);
    if (start < at || start >= to) continue;
    add(at, start, false);
    add(start, end, true);
    at = end;
  }
  add(at, to, false);
  if (to < text.length) pieces.push({ text: '…', marked: false });
  return pieces;
}

/** The beginning of the word at or after a place, if one is near. */
function wordStart(text: string, from: number, within: number): number {
  const space = text.slice(from, from + within).search(/\s/);
  return space < 0 ? wholeAt(text, from) : from + space + 1;
}

/** Never between the halves of a surrogate pair. */
const wholeAt = (text: string, at: number): number => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at);
