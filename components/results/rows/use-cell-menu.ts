import { useState } from 'react';
import type { CellMenuPlace, GridColumn, GridRows } from '@/components/grid/types';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import { keyPlaces } from '@/lib/cql/row-key';
import { type Selection, selectedRange } from '@/lib/grid/selection';
import type { CellFacts } from '@/lib/values/cell-menu';
import type { CellOffer, CellOffers } from '../cell-menu/offers';
import type { RowEdits } from '../editing';

interface Options {
  header: HeaderFrame;
  table: Table | undefined;
  columns: readonly GridColumn[];
  rowAt: GridRows<JsonValue>['at'];
  selection: Selection | null;
  edits: RowEdits | undefined;
  offersOf: CellOffers | undefined;
}

interface OpenMenu extends CellMenuPlace {
  /** Another number is another menu. */
  readonly id: number;
  readonly offers: Promise<readonly CellOffer[]>;
}

const NO_OFFERS: Promise<readonly CellOffer[]> = Promise.resolve([]);
const NOT_LOADED: CellOffer = {
  id: 'filter failed',
  section: 'filter',
  label: 'Filters could not be loaded: reload this page',
  isDisabled: true,
  run: () => undefined,
};

/** The menu of a cell while it is open, and what it depends on. */
export function useCellMenu({ header, table, columns, rowAt, selection, edits, offersOf }: Options) {
  const [menu, setMenu] = useState<OpenMenu | null>(null);
  const open = (place: CellMenuPlace) => {
    const source = columns[place.column]?.source;
    const values = rowAt(place.row);
    const offers =
      offersOf === undefined || source === undefined || values == null
        ? NO_OFFERS
        : offersOf({ columns: header.columns, values, source }).catch(() => [NOT_LOADED]);
    const changes = values == null ? [] : (edits?.offers(place.row, place.column) ?? []);
    const all = offers.then((others) => [...changes, ...others]);
    setMenu((last) => ({ ...place, offers: all, id: (last?.id ?? 0) + 1 }));
  };
  const facts = (): CellFacts | undefined => {
    const column = menu === null ? undefined : columns[menu.column];
    if (menu === null || column === undefined || selection === null) return undefined;
    const { firstRow, lastRow, firstColumn, lastColumn } = selectedRange(selection);
    const rows = lastRow - firstRow + 1;
    const key = table && keyPlaces(table, header.columns);
    return {
      column: column.name,
      cells: rows * (lastColumn - firstColumn + 1),
      rows,
      isHeld: rowAt(menu.row) !== undefined,
      keyMissing: key === undefined ? null : 'missing' in key ? key.missing : [],
      isInsertable: table?.kind === 'table',
      canHide: columns.length > 1,
    };
  };
  return { menu, open, facts: facts(), close: () => setMenu(null) };
}
