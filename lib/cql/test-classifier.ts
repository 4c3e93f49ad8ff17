import { classify } from './classifier';
import { type SchemaLookup, tableShape } from './schema-lookup';

/** The table for the classifier's tests, and how they query it. */

type Kind = 'partition_key' | 'clustering' | 'regular';
const column = (name: string, type = 'int', kind: Kind = 'regular', position = -1) => {
  return { name, type, kind, position, clusteringOrder: 'none' } as const;
};
const flights = tableShape(
  {
    kind: 'table',
    columns: [
      column('origin', 'text', 'partition_key', 0),
      column('Day', 'date', 'partition_key', 1),
      column('departs', 'timestamp', 'clustering', 0),
      column('seq', 'int', 'clustering', 1),
      column('delay'),
      column('dest', 'text'),
      column('tags', 'set<text>'),
      column('shape', 'vector<float, 3>'),
    ],
    indexes: [
      { name: 'by_dest', target: 'dest', kind: 'CUSTOM', className: 'StorageAttachedIndex' },
      { name: 'by_shape', target: 'shape', kind: 'CUSTOM', className: 'StorageAttachedIndex' },
    ],
  },
  'demo',
  () => undefined,
);
export const schema: SchemaLookup = {
  table: (keyspace, name) => {
    if (keyspace === 'metrics' && name === 'clients') return { ...flights, isVirtual: true };
    return keyspace === 'demo' && name === 'Flights' ? flights : undefined;
  },
  isAggregate: (_keyspace, name) => name === 'median',
  keyspace: () => undefined,
};
export const of = (statement: string) => classify(statement, { keyspace: 'demo', schema });
export const select = (rest: string) => of(`SELECT * FROM "Flights" ${rest}`);

/** For one partition of it. */
export const partition = `WHERE origin = 'SEA' AND "Day" = '2001-01-09'`;
