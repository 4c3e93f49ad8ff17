import type { JsonValue } from '@/lib/contract/json';
import { isCounterTable } from '@/lib/cql/mutation/checks';
import { insertRow } from '@/lib/cql/mutation/insert';
import { withLiterals } from '@/lib/cql/mutation/print';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { exampleOf, parseTypedText } from '@/lib/wire/typed-text';
import type { TablePlace } from '../client/place';

/** Enough to see how it goes on. */
const MORE_COLUMNS = 3;

/**
 * An INSERT into a table to start from, with an example for each column of the key and some others; null where rows are
 * not inserted (views, virtual tables, counters) or no example fits.
 */
export function insertExample({ keyspace, table }: Omit<TablePlace, 'cluster'>, shape: TableShape): string | null {
  const target = { keyspace, table, shape };
  if (shape.isView || shape.isVirtual || isCounterTable(target)) return null;
  const names = [...shape.partitionKey, ...shape.clusteringKey];
  const key = examplesOf(shape.columns.filter(({ name }) => names.includes(name)));
  if (Object.keys(key).length < names.length) return null;
  const others = shape.columns.filter(({ kind, type }) => kind === 'regular' && type.kind === 'native');
  return `${withLiterals(insertRow(target, { key, values: examplesOf(others.slice(0, MORE_COLUMNS)) }))};`;
}

function examplesOf(columns: readonly ColumnShape[]): Record<string, JsonValue> {
  return Object.fromEntries(
    columns.flatMap(({ name, type }) => {
      const typed = parseTypedText(exampleOf(type), type);
      return 'value' in typed ? [[name, typed.value]] : [];
    }),
  );
}
