import { type CostText, costText } from '@/lib/client/cost-text';
import type { SchemaResponse } from '@/lib/contract/schema';
import { type TableShape, tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { type BuiltSelect, buildSelect, type SelectRequest } from '@/lib/cql/select-builder';
import type { TablePlace } from '../client/place';
import type { BrowseAddress } from './address';

/** The table as planning needs it; undefined when the schema does not have it. */
export function shapeOf({ keyspaces }: SchemaResponse, { keyspace, table }: TablePlace): TableShape | undefined {
  const found = keyspaces.find(({ name }) => name === keyspace)?.tables.find(({ name }) => name === table);
  return found && tableShape(found, keyspace, udtLookup(keyspaces));
}

/** The parts of an address that decide the statement. */
export type ViewChoices = Pick<BrowseAddress, 'filters' | 'columns' | 'reversed' | 'filtering'>;

/** The statement of a view, its cost, also in words, or why Cassandra would not serve it. */
export interface ViewPlan extends BuiltSelect {
  readonly costText: CostText;
}

/** The request of a view. The place in it changes what is read first, not what it costs. */
export function selectOf(
  { keyspace, table }: TablePlace,
  shape: TableShape,
  { filters, columns, reversed, filtering }: ViewChoices,
): SelectRequest {
  return { keyspace, table, shape, filters, columns: columns ?? [], reversed, allowFiltering: filtering };
}

export function planView(place: TablePlace, shape: TableShape, address: ViewChoices): ViewPlan {
  const built = buildSelect(selectOf(place, shape, address));
  return { ...built, costText: costText(built.cost) };
}
