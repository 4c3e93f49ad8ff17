import type { JsonValue } from '@/lib/contract/json';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';

/** Why Spark cannot do what is asked, for people. */
export class SparkRefusal extends Error {
  override readonly name = 'SparkRefusal';
}

/** A name in Spark SQL. */
export function sqlName(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** A text in Spark SQL, whose literals know backslashes. */
export function sqlText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `'${escaped.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\0', '\\u0000')}'`;
}

/** A duration as text: the connector reads one of zero as empty text, which is no duration. */
export function zeroDuration(sql: string): string {
  return `if(${sql} = '', '0s', ${sql})`;
}

/** The type that Spark has for values of a CQL type that fits one column of text; undefined: it has none that is exact. */
export const SPARK_TYPES: Partial<Record<NativeTypeName, string>> = {
  ascii: 'STRING',
  text: 'STRING',
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  int: 'INT',
  bigint: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  decimal: 'DECIMAL(38,18)',
  varint: 'DECIMAL(38,0)',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  uuid: 'STRING',
  timeuuid: 'STRING',
  inet: 'STRING',
};

/**
 * A value of a filter as Spark SQL.
 * @throws SparkRefusal for a type whose values Spark has no exact literal for
 */
export function sqlValue(value: JsonValue, type: CqlType, column: string): string {
  const spark = type.kind === 'native' ? SPARK_TYPES[type.name] : undefined;
  if (spark === undefined) throw new SparkRefusal(`Spark cannot compare “${column}” with a value. Remove the filter.`);
  if (value === null || typeof value === 'object') {
    throw new SparkRefusal(`The filter of “${column}” needs one plain value.`);
  }
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  const text = String(value);
  return spark === 'STRING' ? sqlText(text) : `CAST(${sqlText(text)} AS ${spark})`;
}
