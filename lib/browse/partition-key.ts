import type { Row } from '@/lib/client/stream-events';
import type { Filter } from '@/lib/contract/filters';
import type { ResultColumn } from '@/lib/contract/frames';
import { placesOf } from '@/lib/cql/row-key';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { typedTextOf } from '@/lib/wire/as-typed';
import { typedValue } from '@/lib/wire/typed-value';

/** Texts of key columns, by name. A column without an entry has none, which is not the empty text. */
export type KeyTexts = ReadonlyMap<string, string>;

export interface KeyColumns {
  readonly partition: readonly ColumnShape[];
  readonly clustering: readonly ColumnShape[];
}

/** The columns of the primary key, in its order. */
export function keyColumnsOf({ partitionKey, clusteringKey, columns }: TableShape): KeyColumns {
  const named = (names: readonly string[]) => names.flatMap((name) => columns.filter((column) => column.name === name));
  return { partition: named(partitionKey), clustering: named(clusteringKey) };
}

/** The columns that filters hold to one value, with that value as it is typed. */
export function textsOfFilters(filters: readonly Filter[]): KeyTexts {
  const single = filters.filter(
    ({ operator, tuple, key }) => operator === '=' && tuple === undefined && key === undefined,
  );
  return new Map(single.map(({ column, value }) => [column, typedTextOf(value)]));
}

/** The key of a row, as far as it is among the columns and has values. */
export function textsOfRow(columns: readonly ResultColumn[], row: Row, shape: TableShape): KeyTexts {
  const names = [...shape.partitionKey, ...shape.clusteringKey];
  const places = placesOf(names, columns);
  return new Map(
    names.flatMap((name, at): [string, string][] => {
      const value = row[places[at] ?? -1] ?? null;
      return value === null ? [] : [[name, typedTextOf(value)]];
    }),
  );
}

/** How many clustering columns the filters hold to one value, from the first on. */
export function fixedClustering(filters: readonly Filter[], { clusteringKey }: TableShape): number {
  const texts = textsOfFilters(filters);
  const free = clusteringKey.findIndex((name) => !texts.has(name));
  return free === -1 ? clusteringKey.length : free;
}

/** What is wrong with a field: it is empty, or its text is no value of the type. */
export interface KeyProblem {
  readonly column: string;
  readonly kind: 'missing' | 'wrong';
  readonly text: string;
}

export type ReadKey = { readonly filters: readonly Filter[] } | { readonly problems: readonly KeyProblem[] };

/**
 * The filters that show one partition alone, or the rows in it that share the first clustering values. `more`: how many
 * clustering columns are asked for; those left empty at the end do not count.
 */
export function readKey(shape: TableShape, texts: KeyTexts, more: number): ReadKey {
  const { partition, clustering } = keyColumnsOf(shape);
  const asked = clustering.slice(0, more);
  const given = asked.slice(0, asked.findLastIndex(({ name }) => texts.has(name)) + 1);
  const read = [...partition, ...given].map((column) => readColumn(column, texts.get(column.name)));
  const problems = read.flatMap((one) => ('kind' in one ? [one] : []));
  if (problems.length > 0) return { problems };
  return { filters: read.flatMap((one) => ('kind' in one ? [] : [one])) };
}

function readColumn({ name, type }: ColumnShape, text: string | undefined): Filter | KeyProblem {
  if (text === undefined) return { column: name, kind: 'missing', text: `${name} is missing` };
  const typed = typedValue(text, type);
  if ('problem' in typed) return { column: name, kind: 'wrong', text: `${name}: ${typed.problem}` };
  return { column: name, operator: '=', value: typed.value };
}
