import type { CellOffer, MenuCell } from '@/components/results/cell-menu/offers';
import { AT_START, type BrowseAddress, type BrowseChange } from '@/lib/browse/address';
import { cellFilters } from '@/lib/browse/cell-filters';
import type { ViewPlan } from '@/lib/browse/planner';
import type { Row } from '@/lib/client/stream-events';
import type { Table } from '@/lib/contract/schema';
import { rowKeyOf } from '@/lib/cql/row-key';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { choicesFor, subjectsOf } from '../filters/operators';

/** The view of a table that a cell's menu changes. */
interface OfferingView {
  readonly address: BrowseAddress;
  readonly change: (change: BrowseChange) => void;
  readonly shape: TableShape | undefined;
  readonly table: Table | undefined;
  readonly plan: (address: BrowseAddress) => ViewPlan | undefined;
  /** Shows where a row lives. */
  readonly onHome: (row: Row) => void;
}

/** What the table page adds to a cell's menu: filters by its value, each with its cost, and where its row lives. */
export function cellOffers(cell: MenuCell, view: OfferingView): readonly CellOffer[] {
  return [...homeOffers(cell, view), ...filterOffers(cell, view)];
}

function homeOffers({ columns, values }: MenuCell, { table, onHome }: OfferingView): CellOffer[] {
  // Rows of a virtual table are made on the node that answers: they live nowhere.
  if (table === undefined || table.kind === 'virtual') return [];
  const found = rowKeyOf(table, columns, values);
  return [
    {
      id: 'home',
      section: 'row',
      label: 'Where does this row live?',
      ...('missing' in found ? { isDisabled: true, note: `the columns lack ${found.missing.join(', ')}` } : {}),
      run: () => onHome(values),
    },
  ];
}

function filterOffers({ columns, values, source }: MenuCell, view: OfferingView): CellOffer[] {
  const { address, change, shape, plan } = view;
  const column = columns[source];
  if (shape === undefined || column === undefined || column.kind === 'computed') return [];
  const subject = subjectsOf(shape).find(({ id }) => id === column.name);
  if (subject === undefined) return [];
  const found = cellFilters({
    column: column.name,
    value: values[source] ?? null,
    fitting: choicesFor(shape, subject),
    filters: address.filters,
    plan: (filters) => plan({ ...address, filters, filtering: false }),
  });
  if (typeof found === 'string') {
    return [{ id: 'filter none', section: 'filter', label: found, isDisabled: true, run: () => undefined }];
  }
  return found.map(({ operator, label, filters, note, isHeavy, isServed }) => ({
    id: `filter ${operator}`,
    section: 'filter',
    label,
    note,
    isHeavy,
    isDisabled: !isServed,
    // Another view has other places.
    run: () => change({ ...AT_START, filters, filtering: false }),
  }));
}
