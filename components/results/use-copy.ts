import { useEffect, useState } from 'react';
import { plural } from '@/components/ui/format';
import type { Row } from '@/lib/client/stream';
import type { ResultColumn } from '@/lib/contract/frames';
import type { CellRange } from '@/lib/grid/selection';
import { rowsAsJson, rowsAsTsv } from './copy-text';
import { columnType, valueText } from './value-text';

const SAID_MS = 4_000;

export type CopyForm = 'text' | 'text_with_header' | 'json';

/** Copies a rectangle of cells and says what happened, for the status line. */
export function useCopy(columns: readonly ResultColumn[], rowAt: (row: number) => Row | null | undefined) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (range: CellRange, form: CopyForm) => {
    const rows = takeRows(range, rowAt);
    if (rows === null) {
      setSaid('Not copied: some of these rows are not in memory. Select fewer.');
      return;
    }
    const chosen = columns.slice(range.firstColumn, range.lastColumn + 1);
    const cells = rows.map((row) => row.slice(range.firstColumn, range.lastColumn + 1));
    const text = form === 'json' ? rowsAsJson(cells, chosen) : textOf(cells, chosen, form === 'text_with_header');
    try {
      await navigator.clipboard.writeText(text);
      setSaid(`Copied ${plural(cells.length, 'row')} of ${plural(chosen.length, 'column')}`);
    } catch {
      // The browser gives no usable reason (no permission, no focus).
      setSaid('The browser refused to copy.');
    }
  };
  return { copy, said };
}

/** A single cell is copied as it is: nothing is quoted in it. */
function textOf(cells: readonly Row[], columns: readonly ResultColumn[], withHeader: boolean): string {
  const only = cells.length === 1 && columns.length === 1 && !withHeader ? cells[0]?.[0] : undefined;
  return only === undefined
    ? rowsAsTsv(cells, columns, withHeader)
    : valueText(only, columnType(columns[0]?.type ?? ''));
}

function takeRows(range: CellRange, rowAt: (row: number) => Row | null | undefined): Row[] | null {
  const rows: Row[] = [];
  for (let row = range.firstRow; row <= range.lastRow; row += 1) {
    const values = rowAt(row);
    if (values === undefined || values === null) return null;
    rows.push(values);
  }
  return rows;
}
