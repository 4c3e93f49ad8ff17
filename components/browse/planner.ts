import { type CostText, costText } from '@/lib/client/cost-text';
import type { SchemaResponse } from '@/lib/contract/schema';
import { type TableShape, tableShape, udtLookup } from '@/lib/cql/schema-lookup';
import { type BuiltSelect, buildSelect } from '@/lib/cql/select-builder';
import type { BrowseAddress } from './browse-address';
import type { TablePlace } from './place';

/** The table as planning needs it; undefined when the schema does not have it. */
export function shapeOf({ keyspaces }: SchemaResponse, { keyspace, table }: TablePlace): TableShape | undefined {
  const found = keyspaces.find(({ name }) => name === keyspace)?.tables.find(({ name }) => name === table);
  return found && tableShape(found, keyspace, udtLookup(keyspaces));
}

/** The statement of a view, what reading it costs, also in words, or why Cassandra would not serve it. */
export interface ViewPlan extends BuiltSelect {
  readonly costText: CostText;
}

export function planView(place: TablePlace, shape: TableShape, address: BrowseAddress): ViewPlan {
  const { filters, columns, reversed, from } = address;
  const built = buildSelect({
    keyspace: place.keyspace,
    table: place.table,
    shape,
    filters,
    columns: columns ?? [],
    reversed,
    fromToken: from ?? undefined,
  });
  return { ...built, costText: costText(built.cost) };
}
