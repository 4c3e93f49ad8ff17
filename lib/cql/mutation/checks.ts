import { type JsonValue, ownValue } from '@/lib/contract/json';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';
import { toJson } from '@/lib/wire/values';
import type { RowKey } from '../row-key';
import type { ColumnShape } from '../schema-lookup';
import type { CqlType } from '../types';
import { type ColumnValue, type Condition, type MutatedTable, MutationError, type Using, type Value } from './nodes';

/** What may follow USING. */
export interface UsingOptions {
  /** 0 to {@link MOST_TTL_SECONDS}; 0: without end, also where the table has a default. */
  readonly ttlSeconds?: number | undefined;
  /** Microseconds since 1970 as a signed 64-bit integer; absent: the time at which the driver sends the statement. */
  readonly timestampMicros?: string | undefined;
}

/** Twenty years (Cassandra's ExpiringColumn.MAX_TTL). */
const MOST_TTL_SECONDS = 630_720_000;

/** Bytes of a partition key's or a clustering column's value (Cassandra's FBUtilities.MAX_UNSIGNED_SHORT). */
export const MOST_KEY_BYTES = 65_535;

const INT: CqlType = { kind: 'native', name: 'int' };
const BIGINT: CqlType = { kind: 'native', name: 'bigint' };

export function isCounterTable({ shape }: MutatedTable): boolean {
  return shape.columns.some(({ type }) => isCounter(type));
}

export function isCounter(type: CqlType): boolean {
  return type.kind === 'native' && type.name === 'counter';
}

/** @throws MutationError for a materialized view */
export function checkTable(table: MutatedTable): void {
  if (!table.shape.isView) return;
  throw new MutationError(
    `${addressText(table)} is a materialized view, which Cassandra maintains. Change its base table instead.`,
  );
}

export function addressText({ keyspace, table }: Pick<MutatedTable, 'keyspace' | 'table'>): string {
  return `${keyspace}.${table}`;
}

/** @throws MutationError when the table has no such column */
export function columnOf(table: MutatedTable, name: string): ColumnShape {
  const column = table.shape.columns.find((one) => one.name === name);
  if (column !== undefined) return column;
  throw new MutationError(`${addressText(table)} has no column “${name}”.`);
}

/** A column that is not of the primary key. */
export function dataColumnOf(table: MutatedTable, name: string): ColumnShape {
  const column = columnOf(table, name);
  if (column.kind === 'static' || column.kind === 'regular') return column;
  throw new MutationError(
    `“${name}” is part of the primary key, which cannot change: delete the row and insert it with another key.`,
  );
}

/**
 * A value in the one form that its bytes have in JSON, and the node's own: both texts then say the same of what can be
 * written in several ways.
 * @throws MutationError when it is no value of the type
 */
export function checkedValue(name: string, value: JsonValue, type: CqlType): Value {
  const bytes = bytesOf({ name, type, value });
  return { name, type, value: bytes === null ? null : toJson(bytes, type) };
}

/** The bytes that are bound for a value. */
export function bytesOf({ name, type, value }: Value): Uint8Array | null {
  try {
    return fromJson(value, type);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new MutationError(`The value of ${name} does not fit its type: ${error.message}.`, { cause: error });
  }
}

/**
 * The values of some columns of the primary key.
 * @param partition the names are those of the whole partition key
 * @throws MutationError when one is missing, null, empty where it may not be, or too long
 */
export function keyValues(
  table: MutatedTable,
  names: readonly string[],
  key: RowKey,
  partition: boolean,
): readonly ColumnValue[] {
  return names.map((column) => {
    const value = ownValue(key, column);
    if (value === undefined) {
      throw new MutationError(
        `The key lacks “${column}”: the statement must name one ${partition ? 'partition' : 'row'}.`,
      );
    }
    if (value === null) throw new MutationError(`The key column “${column}” cannot be null.`);
    const found = { column, ...checkedValue(column, value, columnOf(table, column).type) };
    const length = bytesOf(found)?.length ?? 0;
    if (length > MOST_KEY_BYTES) {
      throw new MutationError(`The key column “${column}” has ${length} bytes; a key holds at most ${MOST_KEY_BYTES}.`);
    }
    if (partition && names.length === 1 && length === 0) {
      throw new MutationError(`The partition key “${column}” cannot be empty: Cassandra has no such partition.`);
    }
    return found;
  });
}

/** @throws MutationError for a name in the key that does not belong there */
export function checkKeyNames(key: RowKey, names: readonly string[], why: string): void {
  const other = Object.keys(key).find((name) => !names.includes(name));
  if (other !== undefined) throw new MutationError(`The key names “${other}”: ${why}.`);
}

/** @throws MutationError for what Cassandra does not take, or not together */
export function usingOf(
  { ttlSeconds, timestampMicros }: UsingOptions,
  { isCounter: counts, condition }: { readonly isCounter: boolean; readonly condition: Condition | null },
): Using {
  if (counts && (ttlSeconds !== undefined || timestampMicros !== undefined)) {
    throw new MutationError('Counters can have neither a TTL nor a timestamp. Leave both out.');
  }
  if (condition !== null && timestampMicros !== undefined) {
    throw new MutationError(
      'Cassandra sets the timestamp of a conditional statement. Leave out the timestamp or the condition.',
    );
  }
  return { timestamp: timestampOf(timestampMicros), ttl: ttlOf(ttlSeconds) };
}

function ttlOf(seconds: number | undefined): Value | null {
  if (seconds === undefined) return null;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MOST_TTL_SECONDS) {
    throw new MutationError(`A TTL is 0 to ${MOST_TTL_SECONDS} whole seconds (20 years); this is ${seconds}.`);
  }
  return { name: 'TTL', type: INT, value: seconds };
}

/** The lowest of the type is Cassandra's mark for “no timestamp”. */
const NO_TIMESTAMP = '-9223372036854775808';

export function timestampOf(micros: string | undefined): Value | null {
  if (micros === undefined) return null;
  const timestamp = checkedValue('TIMESTAMP', micros, BIGINT);
  if (!/^-?\d+$/.test(micros) || micros === NO_TIMESTAMP) {
    throw new MutationError(`A timestamp is a whole number of microseconds above ${NO_TIMESTAMP}; this is ${micros}.`);
  }
  return timestamp;
}
