import { useQueryClient } from '@tanstack/react-query';
import type { GridColumn } from '@/components/grid/types';
import { toast } from '@/components/ui/toasts';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { type Selection, selectedRange } from '@/lib/grid/selection';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { CopyForm } from '../copy/copy-forms';
import type { RowEdits } from '../editing';
import type { ResultPlace } from '../place';

interface Options {
  reader: ResultReader;
  header: HeaderFrame;
  table: Table | undefined;
  place: ResultPlace | undefined;
  columns: readonly GridColumn[];
  selection: Selection | null;
  edits: RowEdits | undefined;
}

/** Copies what is selected, or the whole rows that it touches, and says the outcome in a toast. */
export function useCopying({ reader, header, table, place, columns, selection, edits }: Options) {
  const client = useQueryClient();
  const copy = (form: CopyForm, whole: boolean) => {
    if (selection === null) return;
    const { window } = reader.getState();
    const range = selectedRange(selection);
    const shown = whole ? columns : columns.slice(range.firstColumn, range.lastColumn + 1);
    // A row is written back and found whole, whatever is shown of it.
    const isWhole = form === 'insert' || form === 'where';
    const sources = isWhole ? header.columns.map((_, source) => source) : shown.map(({ source }) => source);
    const { firstRow } = window.marks;
    const rows = { first: range.firstRow + firstRow, last: range.lastRow + firstRow };
    const context = {
      source: reader.source,
      window,
      columns: header.columns,
      table,
      place,
      client,
      rowOf: edits?.rowOf,
    };
    // Rows that have left memory are reloaded first.
    toast({ id: 'copy', text: 'Copying…', stays: true });
    void import('../copy/copy-cells')
      .then(({ copyCells }) => copyCells({ form, rows, sources }, context))
      .then(
        (text) => toast({ id: 'copy', text }),
        () => {
          const text = 'Not copied: a part of this page did not load. Reload the page.';
          toast({ id: 'copy', text, tone: 'danger' });
        },
      );
  };
  return { copy };
}
