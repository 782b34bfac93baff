/** What a row is sorted and found by. */
export type Cell = string | number | null;

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows in which every word of the query stands in some cell, letter case ignored. */
export function found<Row>(rows: readonly Row[], query: string, cells: (row: Row) => readonly Cell[]): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = cells(row).map((cell) => String(cell ?? '').toLowerCase());
    return words.every((word) => text.some((part) => part.includes(word)));
  });
}

/** Sorted by one cell; rows without one come last, whichever way it is sorted, and equal ones keep their order. */
export function sorted<Row>(rows: readonly Row[], descending: boolean, cell: (row: Row) => Cell): readonly Row[] {
  const compare = (a: Cell, b: Cell): number => {
    if (a === b) return 0;
    if (a === null) return 1;
    if (b === null) return -1;
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true, sensitivity: 'base' });
    return descending ? -order : order;
  };
  return [...rows].sort((a, b) => compare(cell(a), cell(b)));
}

/** What a click on a column's head makes of the sorting: that column, and then the other way round. */
export const sortedBy = (sorting: Sorting | null, column: string): Sorting =>
  sorting?.column === column ? { column, descending: !sorting.descending } : { column, descending: false };

/** Where the focus of a table's rows goes. */
export function movedTo(key: string, at: number, rows: number): number | null {
  const last = rows - 1;
  switch (key) {
    case 'ArrowDown': return Math.min(at + 1, last);
    case 'ArrowUp': return Math.max(at - 1, 0);
    case 'PageDown': return Math.min(at + 10, last);
    case 'PageUp': return Math.max(at - 10, 0);
    case 'Home': return 0;
    case 'End': return last;
    default: return null;
  }
}
