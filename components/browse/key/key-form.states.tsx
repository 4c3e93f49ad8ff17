import { useState } from 'react';
import { ignore, type SharedPart } from '@/components/ui/states';
import type { KeyTexts } from '@/lib/browse/partition-key';
import type { Filter } from '@/lib/contract/filters';
import type { TableColumn } from '@/lib/contract/schema';
import { type TableShape, tableShape } from '@/lib/cql/schema-lookup';
import { KeyForm } from './key-form';

const key = (name: string, type: string, position: number): TableColumn => {
  return { name, type, kind: 'partition_key', position, clusteringOrder: 'none' };
};
const clustering = (name: string, type: string, position: number): TableColumn => {
  return { name, type, kind: 'clustering', position, clusteringOrder: 'asc' };
};
const shapeOf = (...columns: TableColumn[]): TableShape =>
  tableShape({ kind: 'table', columns, indexes: [] }, 'flights', () => undefined);

export const FLIGHTS = shapeOf(
  key('day', 'date', 1),
  key('origin', 'text', 0),
  clustering('departs', 'timestamp', 0),
  clustering('sequence', 'int', 1),
);
const SWITCH = shapeOf(key('on', 'boolean', 0));
const LONG = shapeOf(...['a', 'b', 'c', 'd', 'e'].map((name, at) => key(name, 'int', at)));

const ORIGIN: Filter = { column: 'origin', operator: '=', value: 'SEA' };
const DAY: Filter = { column: 'day', operator: '=', value: '2001-01-09' };
const ROW: KeyTexts = new Map([
  ['origin', 'LAX'],
  ['day', '2001-01-10'],
  ['departs', '2001-01-10T06:10:00.000Z'],
]);

/** The form over a table of flights; it keeps the partition that is opened in it. */
export function StateKeyForm(props: { filters?: readonly Filter[]; row?: KeyTexts | null; shape?: TableShape }) {
  const { filters: given = [], row = null, shape = FLIGHTS } = props;
  const [filters, setFilters] = useState(given);
  return (
    <>
      <KeyForm shape={shape} filters={filters} row={row} onOpen={setFilters} onAllRows={() => setFilters([])} />
      <output data-filters="">{JSON.stringify(filters)}</output>
    </>
  );
}

const form = ['form', 'Open a partition'] as const;

export const keyFormStates: SharedPart = {
  name: 'key-form',
  states: {
    'all rows': {
      draw: () => <KeyForm shape={FLIGHTS} filters={[]} row={null} onOpen={ignore} onAllRows={ignore} />,
      shows: [form, ['textbox', 'origin text'], ['textbox', 'day date'], ['button', 'departs'], ['button', 'Open']],
    },
    'a row is selected': {
      draw: () => <KeyForm shape={FLIGHTS} filters={[]} row={ROW} onOpen={ignore} onAllRows={ignore} />,
      shows: [form, ['textbox', 'origin text']],
    },
    'a partition is open': {
      draw: () => <KeyForm shape={FLIGHTS} filters={[ORIGIN, DAY]} row={null} onOpen={ignore} onAllRows={ignore} />,
      shows: [form, ['button', 'All rows']],
    },
    'a value is wrong': {
      draw: () => (
        <KeyForm shape={FLIGHTS} filters={[]} row={new Map([['day', 'soon']])} onOpen={ignore} onAllRows={ignore} />
      ),
      shows: [form, ['status']],
    },
    'one of two values': {
      draw: () => <KeyForm shape={SWITCH} filters={[]} row={null} onOpen={ignore} onAllRows={ignore} />,
      shows: [form, ['combobox', 'on boolean']],
    },
    'a long key, folded': {
      draw: () => <KeyForm shape={LONG} filters={[]} row={null} onOpen={ignore} onAllRows={ignore} />,
      shows: [form, ['button', 'Open a partition']],
    },
  },
};
