import type { Row } from '@/lib/client/stream';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import type { AgeSupport } from '@/lib/cql/age-select';
import { selectFrom, ttlSelector, writeTimeSelector } from '@/lib/cql/age-select';
import { groupBy } from '@/lib/cql/group-by';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { isStaticOnly, type KeyColumn, type KeyPlaces, valuesAt } from '@/lib/cql/row-key';

/** A column whose cells have write times, and which of a row's values it is. */
export interface AgedColumn {
  readonly name: string;
  readonly source: number;
  readonly isStatic: boolean;
  readonly support: AgeSupport;
}

/** A row, by its number in the window. */
export interface AgedRow {
  readonly row: number;
  readonly values: Row;
}

/** One statement that reads the ages of some cells of one partition. */
export interface AgeRead {
  readonly statement: string;
  readonly params: readonly JsonValue[];
  readonly columns: readonly AgedColumn[];
  /** How many clustering values stand first in each row of the answer; a row of the answer belongs to the row of the same. */
  readonly matched: number;
  /** Row numbers by their clustering values. */
  readonly rows: ReadonlyMap<string, number>;
}

/** A cell's write time and remaining TTL; of several elements the newest, and the one that ends first. */
export interface Age {
  readonly writeMicros: bigint;
  readonly ttlSeconds: number | null;
}

/** Rows that one statement asks for, and columns: few enough for a server to answer at once. */
const ROWS_A_READ = 50;
const COLUMNS_A_READ = 60;

/**
 * The statements for the ages of `rows`: rows of one partition together, by their clustering values, so that a screen of
 * a wide partition is one small read and none is ever a scan.
 */
export function planAgeReads(
  table: { readonly keyspace: string; readonly table: string },
  key: KeyPlaces,
  columns: readonly AgedColumn[],
  rows: readonly AgedRow[],
): readonly AgeRead[] {
  const partitions = groupBy(rows, ({ values }) => jsonText(valuesAt(values, key.partition)));
  return [...partitions.values()].flatMap((partition) => {
    const bare = key.clustering.length === 0 ? [] : partition.filter(({ values }) => isStaticOnly(values, key));
    const whole = partition.filter((row) => !bare.includes(row));
    return [
      ...chunks(columns, COLUMNS_A_READ).flatMap((some) =>
        chunks(whole, ROWS_A_READ).map((part) => readOf(table, key, some, part)),
      ),
      ...bare.flatMap((row) => staticRead(table, key, columns, row)),
    ];
  });
}

function readOf(
  table: { keyspace: string; table: string },
  { partition, clustering }: KeyPlaces,
  columns: readonly AgedColumn[],
  rows: readonly AgedRow[],
): AgeRead {
  const [first] = rows;
  const names = clustering.map(({ name }) => quoteIdentifier(name));
  const many = names.length === 1 ? `${names[0]} IN ?` : `(${names.join(', ')}) IN ?`;
  const places = rows.map(({ values }) => valuesAt(values, clustering));
  return {
    statement: selectFrom(
      table,
      [...names, ...selectorsOf(columns)],
      [...equalities(partition), ...(names.length === 0 ? [] : [many])],
    ),
    params: [
      ...(first === undefined ? [] : valuesAt(first.values, partition)),
      ...(names.length === 0 ? [] : [places.map((place) => (place.length === 1 ? (place[0] ?? null) : place))]),
    ],
    columns,
    matched: names.length,
    rows: new Map(rows.map(({ row }, index) => [jsonText(places[index] ?? []), row])),
  };
}

/** A partition without rows still has its static values. */
function staticRead(
  table: { keyspace: string; table: string },
  { partition }: KeyPlaces,
  columns: readonly AgedColumn[],
  { row, values }: AgedRow,
): AgeRead[] {
  const statics = columns.filter(({ isStatic }) => isStatic);
  if (statics.length === 0) return [];
  const statement = selectFrom(table, selectorsOf(statics), equalities(partition), 1);
  const params = valuesAt(values, partition);
  return [{ statement, params, columns: statics, matched: 0, rows: new Map([['[]', row]]) }];
}

function selectorsOf(columns: readonly AgedColumn[]): string[] {
  return columns.flatMap(({ name, support }) => [writeTimeSelector(name, support), ttlSelector(name)]);
}

function equalities(columns: readonly KeyColumn[]): string[] {
  return columns.map(({ name }) => `${quoteIdentifier(name)} = ?`);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** The ages in a read's answer, by row and by which value of the row; null: nothing is stored there. */
export function agesIn(
  { columns, matched, rows }: AgeRead,
  answer: readonly Row[],
): ReadonlyMap<number, ReadonlyMap<number, Age | null>> {
  const ages = new Map<number, Map<number, Age | null>>();
  for (const values of answer) {
    const row = rows.get(jsonText(values.slice(0, matched)));
    if (row === undefined) continue;
    const of = new Map<number, Age | null>();
    for (const [index, { source }] of columns.entries()) {
      of.set(source, ageOf(values[matched + index * 2] ?? null, values[matched + index * 2 + 1] ?? null));
    }
    ages.set(row, of);
  }
  return ages;
}

function ageOf(writeTime: JsonValue, ttl: JsonValue): Age | null {
  if (typeof writeTime !== 'string' || writeTime === '') return null;
  const ttls = (Array.isArray(ttl) ? ttl : [ttl]).filter((one) => typeof one === 'number');
  return { writeMicros: BigInt(writeTime), ttlSeconds: ttls.length === 0 ? null : Math.min(...ttls) };
}
