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
  /** Microseconds since 1970, of all rows that have none in their field. */
  readonly timestampMicros: number;
  readonly timestamp: FromField | null;
}

/** The options of the connector for what is written. The write time's is `writetime`; it ignores `timestamp`. */
export function writeOptions({ ttl, timestampMicros, timestamp }: RowUsing): string {
  const ttlOption = ttl === null ? null : typeof ttl === 'number' ? String(ttl) : TTL_COLUMN;
  const writeTime = timestamp === null ? String(timestampMicros) : WRITE_TIME_COLUMN;
  const ttlPart = ttlOption === null ? '' : `, "ttl": ${python(ttlOption)}`;
  return `{"writetime": ${python(writeTime)}${ttlPart}}`;
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
