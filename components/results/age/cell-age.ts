import type { QueryClient } from '@tanstack/react-query';
import type { TablePlace } from '@/lib/client/place';
import type { Row } from '@/lib/client/stream';
import type { JsonValue } from '@/lib/contract/json';
import type { TableColumn } from '@/lib/contract/schema';
import { ageSupport, selectFrom, ttlSelector } from '@/lib/cql/age-select';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { isStaticOnly, type KeyColumn, type KeyPlaces, valuesAt } from '@/lib/cql/row-key';
import { jsonToCql } from '@/lib/wire/json-texts';
import { columnTypes } from '../copy/copy-cells';
import type { ResultPlace } from '../place';
import { readAll } from './read-all';

/** One cell's write time (microseconds since 1970 by custom, whatever its writer gave) and remaining TTL. */
export interface CellAge {
  /** Several for a value of several cells; empty when nothing is stored. */
  readonly writeTimesMicros: readonly bigint[];
  /** Null where nothing ends its life; one for each write time. */
  readonly ttlSeconds: readonly (number | null)[];
  /** The statement that asked, as it can be run again. */
  readonly statement: string;
}

/** The statement that asks for one cell's age, with its values written out or as markers. */
function cellStatement(
  place: TablePlace,
  column: TableColumn,
  key: readonly { readonly name: string; readonly text: string }[],
  limit: number | undefined,
): string {
  const selectors = [`writetime(${quoteIdentifier(column.name)})`, ttlSelector(column.name)];
  return selectFrom(
    place,
    selectors,
    key.map(({ name, text }) => `${quoteIdentifier(name)} = ${text}`),
    limit,
  );
}

/**
 * Reads one cell's age.
 * @throws Error with the server's words, or why the statement cannot be written
 */
export async function readCellAge(
  place: TablePlace,
  column: TableColumn,
  key: KeyPlaces,
  row: Row,
  client: QueryClient,
  signal: AbortSignal,
): Promise<CellAge> {
  const isStatic = column.kind === 'static' || isStaticOnly(row, key);
  const columns = isStatic ? key.partition : [...key.partition, ...key.clustering];
  const values = valuesAt(row, columns);
  const limit = isStatic && key.clustering.length > 0 ? 1 : undefined;
  const literals = await literalsOf(columns, values, place, client);
  const shown = cellStatement(place, column, literals, limit);
  const statement = cellStatement(
    place,
    column,
    columns.map(({ name }) => ({ name, text: '?' })),
    limit,
  );
  const [answer] = await readAll(place.cluster, { statement, params: [...values] }, signal);
  const writeTimes = listOf(answer?.[0] ?? null);
  const ttls = listOf(answer?.[1] ?? null);
  return {
    writeTimesMicros: writeTimes.flatMap((time) => (typeof time === 'string' ? [BigInt(time)] : [])),
    ttlSeconds: writeTimes.map((_, index) => {
      const ttl = ttls[index];
      return typeof ttl === 'number' ? ttl : null;
    }),
    statement: shown,
  };
}

/** One value, or one for each element. */
function listOf(value: JsonValue): readonly JsonValue[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

async function literalsOf(
  columns: readonly KeyColumn[],
  values: readonly JsonValue[],
  place: ResultPlace,
  client: QueryClient,
): Promise<{ name: string; text: string }[]> {
  const types = await columnTypes(
    columns.map(({ name, type }) => ({ name, type, kind: 'regular' })),
    { place, client },
  );
  return columns.map(({ name, type }, index) => {
    const known = types[index];
    if (known === undefined) throw new Error(`The type ${type} of ${name} is not known here.`);
    return { name, text: jsonToCql(values[index] ?? null, known) };
  });
}

/** Why a cell's age cannot be read; undefined where it can. */
export function ageRefusal(column: TableColumn | undefined, release: string | null): string | undefined {
  if (column === undefined) return 'This value is computed, not stored.';
  const support = ageSupport(column, release);
  switch (support.kind) {
    case 'cell':
    case 'elements':
      return undefined;
    case 'key':
      return 'Columns of the primary key have no write time.';
    case 'none':
      return `Its write time cannot be read: ${support.reason}.`;
    default:
      return support satisfies never;
  }
}
