import { useState } from 'react';
import { ignore, type SharedPart } from '@/components/ui/states';
import { planView } from '@/lib/browse/planner';
import type { Filter } from '@/lib/contract/filters';
import { type TableShape, tableShape } from '@/lib/cql/schema-lookup';
import { FilterBar } from './filter-bar';

export const PLACE = { cluster: 'demo', keyspace: 'flights', table: 'by_origin_day' };
export const SHAPE: TableShape = tableShape(
  {
    kind: 'table',
    columns: [
      { name: 'origin', type: 'text', kind: 'partition_key', position: 0, clusteringOrder: 'none' },
      { name: 'day', type: 'date', kind: 'partition_key', position: 1, clusteringOrder: 'none' },
      { name: 'departs', type: 'timestamp', kind: 'clustering', position: 0, clusteringOrder: 'asc' },
      { name: 'delay', type: 'int', kind: 'regular', position: -1, clusteringOrder: 'none' },
    ],
    indexes: [],
  },
  PLACE.keyspace,
  () => undefined,
);

const planOf = (filters: readonly Filter[], filtering = false) =>
  planView(PLACE, SHAPE, { filters, columns: null, reversed: false, filtering });

/** The bar over a table of flights; it keeps the filters set in it. */
export function StateFilterBar({
  filters: given,
  filtering = false,
}: {
  filters: readonly Filter[];
  filtering?: boolean;
}) {
  const [filters, setFilters] = useState(given);
  return (
    <FilterBar
      shape={SHAPE}
      filters={filters}
      onFilters={setFilters}
      plan={(other) => planOf(other, filtering)}
      built={planOf(filters, filtering)}
      filtering={filtering}
      onFilteringOff={ignore}
    />
  );
}

const ORIGIN: Filter = { column: 'origin', operator: '=', value: 'SEA' };
const DAY: Filter = { column: 'day', operator: '=', value: '2001-01-09' };
const DELAY: Filter = { column: 'delay', operator: '>', value: 30 };
const add = ['button', 'Filter'] as const;

export const filterBarStates: SharedPart = {
  name: 'filter-bar',
  states: {
    'schema unknown': {
      draw: () => (
        <FilterBar
          shape={undefined}
          filters={[ORIGIN]}
          onFilters={ignore}
          plan={() => undefined}
          built={undefined}
          filtering={false}
          onFilteringOff={ignore}
        />
      ),
      shows: [add],
    },
    'no filter: the whole ring': { draw: () => <StateFilterBar filters={[]} />, shows: [add] },
    'one partition': {
      draw: () => <StateFilterBar filters={[ORIGIN, DAY]} />,
      shows: [add, ['button', 'origin = SEA'], ['button', 'day = 2001-01-09']],
    },
    'part of the key is missing: not served': {
      draw: () => <StateFilterBar filters={[ORIGIN]} />,
      shows: [add, ['button', 'origin = SEA']],
    },
    'filtering allowed': {
      draw: () => <StateFilterBar filters={[DELAY]} filtering />,
      shows: [add, ['button', 'delay > 30'], ['button', 'Do not allow filtering']],
    },
  },
};
