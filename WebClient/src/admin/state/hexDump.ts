import type { InspectedField, InspectedPart, InspectedPartKind } from '../api/types';

/** How many colours there are for fields. */
export const fieldColors = 8;

/** A line of a dump: bytes of one part of a PDU, or that there are some that are not shown. */
export interface DumpLine {
  /** From the PDU's beginning. */
  readonly offset: number;
  /** Which field it is, by its place among the fields; null for what is none's. */
  readonly field: number | null;
  /** Pairs of digits; null if they are not shown. */
  readonly hex: string | null;
  readonly kind: InspectedPartKind;
  /** How many bytes. */
  readonly length: number;
}

/** The parts of a PDU in lines of at most so many bytes; what is not shown is one line, however long. */
export function dumpOf(parts: readonly InspectedPart[], fields: readonly InspectedField[], width = 16): readonly DumpLine[] {
  const places = new Map(fields.map(({ name }, i) => [name, i]));
  return parts.flatMap(({ kind, offset, length, field, hex }): readonly DumpLine[] => {
    const owner = field === null ? null : (places.get(field) ?? null);
    if (hex === null) return [{ offset, field: owner, hex: null, kind, length }];
    const pairs = hex.match(/../g) ?? [];
    const lines: DumpLine[] = [];
    for (let at = 0; at < pairs.length; at += width) {
      const some = pairs.slice(at, at + width);
      lines.push({ offset: offset + at, field: owner, hex: some.join(' '), kind, length: some.length });
    }
    return lines;
  });
}

export const bytesIn = (parts: readonly InspectedPart[]): number => parts.reduce((sum, { length }) => sum + length, 0);

export const offsetText = (offset: number): string => offset.toString(16).padStart(4, '0');
