import type { JSX } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { formatNumber, t } from '../i18n';
import { found, movedTo, sorted, sortedBy, type Cell, type Sorting } from '../state/table';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** What it is sorted and found by; without it, it cannot be sorted by. */
  readonly cell?: (row: Row) => Cell;
  /** What is shown; without it, the cell. */
  readonly view?: (row: Row) => JSX.Element | string | null;
  readonly numeric?: boolean;
}

interface DataTableProps<Row> {
  /** Names the table and its region. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly sort?: Sorting;
  /** Said instead of the table if there are no rows. */
  readonly empty: string;
  /** Whether there are more on the server than were read. */
  readonly more?: boolean;
  /** Leaves out the box to find rows by a word. */
  readonly plain?: boolean;
  /** What is looked for at first. */
  readonly find?: string;
}

/** Rows that are drawn at first, and with each demand for more. */
const portion = 100;

/** A table that is sorted by its heads and found in by words. The arrows go from row to row, Enter opens a row's link; where there is no room it scrolls by itself. */
export function DataTable<Row>({ label, rows, columns, rowKey, sort, empty, more = false, plain = false, find = '' }: DataTableProps<Row>): JSX.Element {
  const id = useId();
  const [query, setQuery] = useState(find);
  const [sorting, setSorting] = useState<Sorting | null>(sort ?? null);
  const [most, setMost] = useState(portion);
  const [focused, setFocused] = useState(0);
  const body = useRef<HTMLTableSectionElement>(null);

  const matching = found(rows, query, (row) => columns.map(({ cell }) => cell?.(row) ?? null));
  const by = sorting && columns.find((column) => column.id === sorting.column)?.cell;
  const ordered = by && sorting ? sorted(matching, sorting.descending, by) : matching;
  const shown = ordered.slice(0, most);
  const entry = Math.min(focused, shown.length - 1);

  const rowAt = (at: number): HTMLTableRowElement | undefined => body.current?.rows[at];
  const keyed = (event: KeyboardEvent): void => {
    if (!(event.target instanceof HTMLTableRowElement)) return;
    if (event.key === 'Enter') return event.target.querySelector<HTMLElement>('a, button')?.click();
    const to = movedTo(event.key, event.target.sectionRowIndex, shown.length);
    if (to === null) return;
    event.preventDefault();
    setFocused(to);
    rowAt(to)?.focus();
  };

  return (
    <div class="table">
      {!plain && rows.length > 0 && (
        <div class="table-tools">
          <div class="field is-inline">
            <label for={`${id}-find`}>{t('table.find')}</label>
            <input id={`${id}-find`} type="search" value={query} spellcheck={false} onInput={(event) => setQuery(event.currentTarget.value)} />
          </div>
          <p class="hint" role="status">
            {query === '' ? t('table.count', { count: rows.length }) : t('table.found', { count: matching.length, all: rows.length })}
            {more && ` ${t('table.more')}`}
          </p>
        </div>
      )}
      {rows.length === 0 ? (
        <p class="nothing">{empty}</p>
      ) : (
        <div class="table-scroll" role="region" aria-label={t('table.region', { label })} tabIndex={0}>
          <table>
            <caption class="visually-hidden">{label}</caption>
            <thead>
              <tr>
                {columns.map(({ id: column, label: head, cell, numeric }) => {
                  const order = sorting?.column === column ? (sorting.descending ? 'descending' : 'ascending') : undefined;
                  return (
                    <th key={column} scope="col" class={numeric ? 'is-numeric' : undefined} aria-sort={cell ? (order ?? 'none') : undefined}>
                      {cell ? (
                        <button type="button" class="sort" onClick={() => setSorting(sortedBy(sorting, column))}>
                          {head}
                          <span class="sort-mark" aria-hidden="true">{order === undefined ? '' : order === 'ascending' ? '▲' : '▼'}</span>
                        </button>
                      ) : (
                        head
                      )}
                    </th>
                  );
                })}
              </tr>
            </thead>
            <tbody ref={body} onKeyDown={keyed}>
              {shown.map((row, at) => (
                <tr key={rowKey(row)} tabIndex={at === entry ? 0 : -1} onFocus={() => setFocused(at)}>
                  {columns.map(({ id: column, cell, view, numeric }) => {
                    const value = view ? view(row) : cell?.(row);
                    return (
                      <td key={column} class={numeric ? 'is-numeric' : undefined}>
                        {typeof value === 'number' ? formatNumber(value) : (value ?? '–')}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > 0 && matching.length === 0 && <p class="nothing">{t('table.nothingFound', { query })}</p>}
      {ordered.length > shown.length && (
        <button class="button is-small" type="button" onClick={() => setMost(most + portion)}>
          {t('table.showMore', { count: Math.min(portion, ordered.length - shown.length) })}
        </button>
      )}
    </div>
  );
}
