import type { CqlType } from '@/lib/cql/types';
import { SPARK_TYPES } from './sql';

export const TEXT: CqlType = { kind: 'native', name: 'text' };

const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/**
 * A text as a value of a type, in Spark SQL: null where the text is none.
 * @returns null: SQL cannot do that exactly
 */
export function fromText(sql: string, type: CqlType): string | null {
  if (type.kind !== 'native') return null;
  switch (type.name) {
    case 'text':
    case 'ascii':
      return sql;
    case 'uuid':
    case 'timeuuid':
      return `if(${sql} RLIKE '${UUID}', ${sql}, NULL)`;
    case 'blob':
      return `if(${sql} RLIKE '^0x([0-9a-fA-F]{2})*$', unhex(substr(${sql}, 3)), NULL)`;
    case 'decimal':
    case 'varint':
      return exactDecimal(sql, type.name === 'varint' ? 0 : 18);
    case 'time':
    case 'duration':
    case 'inet':
    case 'counter':
      return null;
    default:
      return `try_cast(${sql} AS ${SPARK_TYPES[type.name]})`;
  }
}

/** A cast to decimal rounds in silence, so only texts with few enough places are numbers. */
function exactDecimal(sql: string, scale: number): string {
  const places = scale === 0 ? '' : `(\\\\.[0-9]{1,${scale}})?`;
  const form = `^[+-]?[0-9]{1,${38 - scale}}${places}$`;
  return `if(${sql} RLIKE '${form}', try_cast(${sql} AS DECIMAL(38,${scale})), NULL)`;
}

/** The text of a simple CQL literal; null for null, collections and anything that is not one. */
export function textConstant(literal: string): string | null {
  const text = literal.trim();
  const [, quoted] = /^'((?:[^']|'')*)'$/s.exec(text) ?? [];
  if (quoted !== undefined) return quoted.replaceAll("''", "'");
  return /^(?:[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|0x[0-9a-f]*|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.test(
    text,
  )
    ? text
    : null;
}
