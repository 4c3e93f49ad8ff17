import type { Mapping } from '@/lib/contract/transforms';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { CqlType } from '@/lib/cql/types';
import { MOST_TTL_SECONDS } from '@/lib/transform/check-mapping';
import type { SqlColumn } from './mapping';
import { python } from './script-parts';
import { SparkRefusal, sqlName } from './sql';

/** The connector takes these columns for the TTL and the write time of their row and writes no column of such a name. */
const TTL_COLUMN = 'ringside_ttl';
const WRITE_TIME_COLUMN = 'ringside_write_time';

/** A number of each row, from a field. */
interface FromField {
  readonly field: string;
}

/** The TTL and the write time of what is written. */
export interface RowUsing {
  /** Seconds; null: the table's own. */
  readonly ttl: number | FromField | null;
  /** Microseconds since 1970, of all rows that have none in their field; null: each row's time is that of its write. */
  readonly timestampMicros: number | null;
  readonly timestamp: FromField | null;
}

/** The options of the connector for what is written. The write time's is `writetime`; it ignores `timestamp`. */
export function writeOptions({ ttl, timestampMicros, timestamp }: RowUsing): string {
  const ttlOption = ttl === null ? null : typeof ttl === 'number' ? String(ttl) : TTL_COLUMN;
  const fixed = timestampMicros === null ? null : String(timestampMicros);
  const options = { writetime: timestamp === null ? fixed : WRITE_TIME_COLUMN, ttl: ttlOption };
  const given = Object.entries(options).flatMap(([name, value]) =>
    value === null ? [] : [`${python(name)}: ${python(value)}`],
  );
  return `{${given.join(', ')}}`;
}

/** What the fields are as columns of each row, and which rows they make unfit. A row without a TTL gets the table's. */
export function usingColumns({ ttl, timestampMicros, timestamp }: RowUsing): SqlColumn[] {
  const number = (name: string, field: string, most: { readonly type: string; readonly fits: string }): SqlColumn => {
    const value = `try_cast(trim(CAST(${sqlName(field)} AS STRING)) AS ${most.type})`;
    const unfit = `${value} IS NULL${most.fits === '' ? '' : ` OR NOT (${value} ${most.fits})`}`;
    const what = name === TTL_COLUMN ? 'a TTL in seconds' : 'a write time in microseconds';
    return {
      name,
      value,
      faults: [{ when: `${sqlName(field)} IS NOT NULL AND (${unfit})`, reason: `${field}: not ${what}` }],
    };
  };
  return [
    ...(ttl === null || typeof ttl === 'number'
      ? []
      : [number(TTL_COLUMN, ttl.field, { type: 'INT', fits: `BETWEEN 0 AND ${MOST_TTL_SECONDS}` })]),
    ...(timestamp === null
      ? []
      : [number(WRITE_TIME_COLUMN, timestamp.field, { type: 'BIGINT', fits: '' })].map((column) => ({
          ...column,
          value: `coalesce(${column.value}, ${timestampMicros}L)`,
        }))),
  ];
}

/**
 * The mapped lists that are not frozen. Written again with the same write time, as Spark does with a task that failed, such a
 * list has its elements twice; with a later time it is replaced.
 */
export function listsOf({ columns }: TableShape, mapping: Mapping): string[] {
  const mapped = new Set(mapping.map(({ to }) => to));
  return columns
    .filter(({ name, type }) => mapped.has(name) && type.kind === 'list' && type.frozen !== true)
    .map(({ name }) => name);
}

const NUMBERS: readonly string[] = ['tinyint', 'smallint', 'int', 'bigint', 'varint', 'text', 'ascii'];

/**
 * A field for a TTL or write time.
 * @param type of the field; undefined: there is no such field
 * @throws SparkRefusal when it holds no whole numbers
 */
export function usingField(field: string, type: CqlType | undefined): FromField {
  if (type === undefined) throw new SparkRefusal(`The source has no field “${field}” for a TTL or write time.`);
  if (type.kind === 'native' && NUMBERS.includes(type.name)) return { field };
  throw new SparkRefusal(`“${field}” cannot be a TTL or write time: it holds no whole numbers.`);
}
